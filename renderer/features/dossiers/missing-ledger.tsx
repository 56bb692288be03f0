import { SegmentedControl, TextInput } from '@mantine/core';
import { IconChecks, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DossierClass } from '../../../shared/domain/dossier-classes.ts';
import type { Condition } from '../../../shared/domain/lists/list-query.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { FilterBox } from '../../ui/form/filter-box.tsx';
import { numberAt, type RecordCells, type RecordRow, textAt } from '../../ui/records/record-columns.tsx';
import { RecordList } from '../../ui/records/record-list.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DossierViews } from './dossier-views.tsx';
import styles from './ledger.module.css';
import listStyles from './list.module.css';

const STATES = ['open', 'late', 'never'] as const;
type State = (typeof STATES)[number];
const SCOPES: Readonly<Record<State, readonly Condition[]>> = {
  open: [{ field: 'state', is: 'is', values: ['open', 'late'] }],
  late: [{ field: 'state', is: 'is', values: ['late'] }],
  never: [{ field: 'state', is: 'is', values: ['never'] }],
};
const WAIVED = ['customerNumber', 'customer', 'class', 'type', 'waived', 'reason', 'decidedBy', 'since'];
const NEEDED = [
  'state',
  'customerNumber',
  'customer',
  'class',
  'type',
  'orderNumber',
  'owedBy',
  'askedOn',
  'promisedOn',
  'note',
];

/** The missing-paper ledger (D7): what, who owes it, since when and by when, or why it will never come. */
export function MissingLedger() {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const print = usePrint();
  const mayChange = useActingRole() === 'keeper';
  const [state, setState] = useState<State>('open');
  const [text, setText] = useState('');
  const [claiming, setClaiming] = useState<RecordRow | null>(null);
  const counts = useArchiveQuery('gaps.ledger', { limit: 1 }).data;
  const cells = useMemo<RecordCells>(
    () => ({
      customerNumber: { width: 96 },
      customer: { width: 180, grow: true },
      class: { width: 56, cell: (row) => <ClassTab value={numberAt(row, 'class') as DossierClass} markOnly /> },
      type: {
        width: 190,
        cell: (row) => (
          <>
            {t(`documentType.${textAt(row, 'type')}`)}
            {textAt(row, 'orderNumber') !== '' && (
              <span className={styles.soft}> {t('dossiers.orderShort', { order: textAt(row, 'orderNumber') })}</span>
            )}
          </>
        ),
      },
      owedBy: {
        width: 130,
        cell: (row) =>
          textAt(row, 'owedBy') === '' ? (
            <span className={styles.soft}>{t('gaps.nobody')}</span>
          ) : (
            <span title={textAt(row, 'note')}>{textAt(row, 'owedBy')}</span>
          ),
      },
      promisedOn: {
        width: 120,
        cell: (row) => {
          const [promised, asked] = [textAt(row, 'promisedOn'), textAt(row, 'askedOn')];
          if (promised === '')
            return asked === '' ? (
              ''
            ) : (
              <span className={styles.soft}>{t('gaps.asked', { day: formats.day(asked) })}</span>
            );
          return textAt(row, 'state') === 'late' ? (
            <Tag tone="seal">{formats.day(promised)}</Tag>
          ) : (
            formats.day(promised)
          );
        },
      },
      reason: { grow: true },
    }),
    [t, formats],
  );
  const act = useMemo(
    () =>
      mayChange && state !== 'never'
        ? (row: RecordRow) => (
            <Button size="small" kind="quiet" onClick={() => setClaiming(row)}>
              {t('gaps.claim')}
            </Button>
          )
        : undefined,
    [mayChange, state, t],
  );
  return (
    <section className={listStyles.screen} aria-label={t('dossiers.view.missing')}>
      <header className={listStyles.head}>
        <h1 className={listStyles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
      </header>
      <div className={styles.bar}>
        <div className={styles.ways}>
          <SegmentedControl
            aria-label={t('gaps.show')}
            value={state}
            onChange={(value) => setState(STATES.find((one) => one === value) ?? 'open')}
            data={STATES.map((value) => ({
              value,
              label: t(`gaps.state.${value}`, { count: counts?.[value] ?? 0 }),
            }))}
          />
          <FilterBox
            value={text}
            label={t('gaps.filter')}
            placeholder={t('gaps.filterPlaceholder')}
            onChange={setText}
          />
        </div>
        <Button icon={IconPrinter} onClick={() => print({ form: 'missingLedger', number: '' })}>
          {t('kit.print.missingLedger')}
        </Button>
      </div>
      <div className={styles.list}>
        <RecordList
          key={state}
          list="missingPapers"
          id={`missing-${state}`}
          label={t('gaps.ledger')}
          scope={SCOPES[state]}
          {...(state === 'never' ? { usual: WAIVED } : {})}
          text={text}
          cells={cells}
          needs={NEEDED}
          act={act}
          actWidth={116}
          onOpen={(row) => go({ screen: 'dossiers', number: textAt(row, 'customerNumber'), tab: textAt(row, 'class') })}
          autoFocus
          empty={
            <EmptyState icon={IconChecks} title={t(`gaps.none.${state}`)}>
              {t('gaps.noneText')}
            </EmptyState>
          }
        />
      </div>
      {claiming !== null && <ClaimDialog line={claiming} onClose={() => setClaiming(null)} />}
    </section>
  );
}

function ClaimDialog({ line, onClose }: { readonly line: RecordRow; readonly onClose: () => void }) {
  const texts = useText();
  const { t } = texts;
  const [owedBy, setOwedBy] = useState(textAt(line, 'owedBy'));
  const [due, setDue] = useState(textAt(line, 'promisedOn'));
  const [note, setNote] = useState(textAt(line, 'note'));
  const claim = useArchiveCommand('gaps.claim');
  const day = due.trim() === '' ? null : parseTypedDate(due);
  const submit = () =>
    claim
      .mutateAsync({
        number: textAt(line, 'customerNumber'),
        type: textAt(line, 'type'),
        exportOrder: textAt(line, 'orderNumber') === '' ? null : textAt(line, 'orderNumber'),
        owedBy: owedBy.trim(),
        dueOn: typeof day === 'string' ? day : null,
        note: note.trim(),
      })
      .then(onClose, () => undefined);
  return (
    <FormDialog
      title={t('gaps.claim')}
      submitLabel={t('kit.save')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={claim.isPending}
      maySubmit={owedBy.trim() !== '' && day !== undefined}
    >
      <p>
        {textAt(line, 'customerNumber')} {textAt(line, 'customer')} · {t(`documentType.${textAt(line, 'type')}`)}{' '}
        {textAt(line, 'orderNumber')}
      </p>
      <ErrorNote error={claim.error} />
      <TextInput
        label={t('gaps.owedBy')}
        placeholder={t('gaps.owedByHint')}
        required
        autoComplete="off"
        data-autofocus
        maxLength={80}
        value={owedBy}
        error={fieldErrorAt(claim.error, 'owedBy', texts)}
        onChange={(event) => setOwedBy(event.currentTarget.value)}
      />
      <TextInput
        label={t('gaps.dueOn')}
        autoComplete="off"
        value={due}
        error={day === undefined ? t('validation.date') : fieldErrorAt(claim.error, 'dueOn', texts)}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      <TextInput
        label={t('gaps.note')}
        autoComplete="off"
        maxLength={400}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
