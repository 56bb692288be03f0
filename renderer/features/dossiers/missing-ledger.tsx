import { SegmentedControl, TextInput } from '@mantine/core';
import { IconChecks, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useSession } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { DossierViews } from './dossier-views.tsx';
import styles from './ledger.module.css';
import listStyles from './list.module.css';

type Line = OutputOf<'gaps.ledger'>['lines'][number];
type State = NonNullable<InputOf<'gaps.ledger'>['state']>;
const STATES = ['open', 'late', 'never'] as const satisfies readonly State[];
const PAGE = 100;
const MOST = 500;

const keyOf = (line: Line): string => `${line.number} ${line.type} ${line.exportOrder ?? ''}`;

/** The missing-paper ledger (D7): what, who owes it, since when and by when, or why it will never come. */
export function MissingLedger() {
  const { t } = useText();
  const print = usePrint();
  const mayChange = useSession((state) => state.session?.user?.role) === 'keeper';
  const [state, setState] = useState<State>('open');
  const [limit, setLimit] = useState(PAGE);
  const [claiming, setClaiming] = useState<Line | null>(null);
  const query = useArchiveQuery('gaps.ledger', { state, limit }, { keepPrevious: true });
  const counts = query.data;
  const lines = query.data?.lines ?? [];
  return (
    <section className={listStyles.screen} aria-label={t('dossiers.view.missing')}>
      <header className={listStyles.head}>
        <h1 className={listStyles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
      </header>
      <div className={styles.bar}>
        <SegmentedControl
          aria-label={t('gaps.show')}
          value={state}
          onChange={(value) => {
            setState(STATES.find((one) => one === value) ?? 'open');
            setLimit(PAGE);
          }}
          data={STATES.map((value) => ({
            value,
            label: t(`gaps.state.${value}`, { count: counts?.[value] ?? 0 }),
          }))}
        />
        <Button icon={IconPrinter} onClick={() => print({ form: 'missingLedger', number: '' })}>
          {t('kit.print.missingLedger')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.body} tabIndex={0} aria-label={t('gaps.ledger')}>
        {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data === undefined && query.error === null && <LoadingSkeleton shape="rows" count={10} />}
        {query.data !== undefined && lines.length === 0 && (
          <EmptyState icon={IconChecks} title={t(`gaps.none.${state}`)}>
            {t('gaps.noneText')}
          </EmptyState>
        )}
        {lines.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('gaps.customer')}</th>
                <th scope="col">{t('gaps.paper')}</th>
                <th scope="col">{t(state === 'never' ? 'gaps.whyNever' : 'gaps.why')}</th>
                <th scope="col">{t('gaps.since')}</th>
                {state !== 'never' && (
                  <>
                    <th scope="col">{t('gaps.owedBy')}</th>
                    <th scope="col">{t('gaps.dueOn')}</th>
                    <th scope="col">
                      <span className="visually-hidden">{t('gaps.acts')}</span>
                    </th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <LedgerRow key={keyOf(line)} line={line} mayChange={mayChange} onClaim={() => setClaiming(line)} />
              ))}
            </tbody>
          </table>
        )}
        {lines.length < (query.data?.total ?? 0) && limit < MOST && (
          <Button kind="link" onClick={() => setLimit((before) => Math.min(MOST, before + PAGE))}>
            {t('gaps.more', { count: (query.data?.total ?? 0) - lines.length })}
          </Button>
        )}
      </section>
      {claiming !== null && <ClaimDialog line={claiming} onClose={() => setClaiming(null)} />}
    </section>
  );
}

function LedgerRow({
  line,
  mayChange,
  onClaim,
}: {
  readonly line: Line;
  readonly mayChange: boolean;
  readonly onClaim: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  return (
    <tr>
      <td>
        <Button kind="link" onClick={() => go({ screen: 'dossiers', number: line.number, tab: String(line.class) })}>
          {line.number}
        </Button>{' '}
        {line.name}
      </td>
      <td>
        <ClassTab value={line.class} markOnly /> {t(`documentType.${line.type}`)}
        {line.exportOrder !== null && (
          <span className={styles.soft}> {t('dossiers.orderShort', { order: line.exportOrder })}</span>
        )}
      </td>
      <td>
        {line.never === null ? (
          t(`gaps.reason.${line.reason}`)
        ) : (
          <>
            {t(`waiver.${line.never.state}`)} · {line.never.reason} <span className={styles.soft}>{line.never.by}</span>
          </>
        )}
      </td>
      <td>{formats.day(line.since)}</td>
      {line.never === null && (
        <>
          <td>
            {line.owedBy === '' ? <span className={styles.soft}>{t('gaps.nobody')}</span> : line.owedBy}
            {line.note !== '' && <p className={styles.note}>{line.note}</p>}
          </td>
          <td>
            {line.dueOn === null ? (
              line.askedOn !== null && (
                <span className={styles.soft}>{t('gaps.asked', { day: formats.day(line.askedOn) })}</span>
              )
            ) : line.isLate ? (
              <Tag tone="seal">{formats.day(line.dueOn)}</Tag>
            ) : (
              formats.day(line.dueOn)
            )}
          </td>
          <td className={styles.act}>
            {mayChange && (
              <Button size="small" kind="quiet" onClick={onClaim}>
                {t('gaps.claim')}
              </Button>
            )}
          </td>
        </>
      )}
    </tr>
  );
}

function ClaimDialog({ line, onClose }: { readonly line: Line; readonly onClose: () => void }) {
  const texts = useText();
  const { t } = texts;
  const [owedBy, setOwedBy] = useState(line.owedBy);
  const [due, setDue] = useState(line.dueOn ?? '');
  const [note, setNote] = useState(line.note);
  const claim = useArchiveCommand('gaps.claim');
  const day = due.trim() === '' ? null : parseTypedDate(due);
  const submit = () =>
    claim
      .mutateAsync({
        number: line.number,
        type: line.type,
        exportOrder: line.exportOrder,
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
        {line.number} {line.name} · {t(`documentType.${line.type}`)} {line.exportOrder ?? ''}
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
