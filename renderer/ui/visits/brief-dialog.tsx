import { Select } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { type CardKind, fieldAt } from '../../../shared/domain/form-fields.ts';
import { optionLabelKey } from '../../../shared/domain/forms/option-sets.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../actions/button.tsx';
import { Dialog, DialogActions } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { isEmptyValue } from '../fields/field-values.ts';
import { type FieldWords, useFieldWords } from '../fields/field-words.ts';
import { valueText } from '../fields/value-text.ts';
import { ErrorNote, ErrorState } from '../states/error-state.tsx';
import { LoadingSkeleton } from '../states/loading-skeleton.tsx';
import { Tag } from '../text/tag.tsx';
import { usePrint } from '../viewer/use-print.ts';
import styles from './brief.module.css';
import { RESULT_TONE } from './visit-words.ts';

type Brief = OutputOf<'briefs.get'>;

/** The page to read before a visit (C8); who takes it is recorded, on screen or printed. */
export function BriefDialog({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const words = useFieldWords();
  const { t } = words;
  const formats = useFormats();
  const print = usePrint();
  const keeper = useActingRole() === 'keeper';
  const brief = useArchiveQuery('briefs.get', { number });
  const staff = useArchiveQuery('staff.list', {}).data?.staff ?? [];
  const take = useArchiveCommand('briefs.take');
  const [person, setPerson] = useState<string | null>(null);
  const taken = brief.data?.lastTaken ?? null;
  const takeOnScreen = (): void => {
    if (person === null) return;
    take.mutateAsync({ number, staffId: Number(person), how: 'screen' }).then(
      () => {
        toast(t('visits.briefTaken', { staff: staff.find((one) => String(one.id) === person)?.name ?? '' }));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <Dialog title={t('visits.brief')} size="xl" onClose={onClose}>
      {brief.error !== null && <ErrorState error={brief.error} onRetry={() => void brief.refetch()} />}
      {brief.error === null && brief.data === undefined && <LoadingSkeleton shape="form" count={10} />}
      {brief.data !== undefined && <BriefSheet brief={brief.data} words={words} />}
      <ErrorNote error={take.error} />
      <DialogActions>
        <span className={styles.soft} style={{ marginInlineEnd: 'auto' }}>
          {taken === null
            ? t('visits.briefNever')
            : t('visits.briefLast', { by: taken.by, at: formats.instant(taken.at) })}
        </span>
        {keeper && (
          <Select
            aria-label={t('visits.briefFor')}
            placeholder={t('visits.briefFor')}
            searchable
            clearable
            data-autofocus
            w={190}
            data={staff.map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
            value={person}
            onChange={setPerson}
          />
        )}
        {keeper && (
          <Button disabled={person === null || brief.data === undefined} busy={take.isPending} onClick={takeOnScreen}>
            {t('visits.briefRead')}
          </Button>
        )}
        <Button
          kind="primary"
          icon={IconPrinter}
          disabled={brief.data === undefined}
          onClick={() => print({ form: 'visitBrief', number: person === null ? number : `${number}#${person}` })}
        >
          {t(person === null ? 'visits.print' : 'visits.briefPrint')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function BriefSheet({ brief, words }: { readonly brief: Brief; readonly words: FieldWords }) {
  const { t } = words;
  const { has } = useText();
  const formats = useFormats();
  const { kind } = brief;
  const line = ({ field, value }: { field: string; value: Json }) => {
    const definition = fieldAt(kind, field, words.forms);
    return (
      <div key={field}>
        <dt>{words.ownLabel(kind, field)}</dt>
        <dd>{definition === undefined ? String(value) : valueText(definition, value, words)}</dd>
      </div>
    );
  };
  const word = (set: 'visitPurpose' | 'visitResult', value: string): string =>
    has(optionLabelKey(set, value)) ? t(optionLabelKey(set, value)) : value;
  return (
    <>
      <header>
        <h2 className={styles.sideTitle}>{brief.name}</h2>
        <p className={styles.soft}>
          {brief.number} · {t(`option.tier.${brief.tier}`)} · {t('kit.completeness', { percent: brief.completeness })} ·{' '}
          {t('visits.briefUpdated', { day: formats.day(brief.updatedAt) })}
        </p>
      </header>
      <Part title={t('visits.briefMatters')} empty={brief.matters.length === 0 ? t('visits.briefNoMatters') : ''}>
        <ul>
          {brief.matters.map((matter) => (
            <li
              key={`${matter.kind} ${JSON.stringify(matter.params)}`}
              className={matter.urgent ? styles.bad : undefined}
            >
              {t(`brief.matter.${matter.kind}`, matter.params)}
            </li>
          ))}
        </ul>
      </Part>
      <div className={styles.two}>
        <div>
          <Part title={t('visits.briefFacts')} empty={brief.facts.length === 0 ? t('visits.briefNone') : ''}>
            <dl className={styles.facts}>{brief.facts.map(line)}</dl>
          </Part>
          <Part title={t('visits.briefCredit')} empty={brief.credit.length === 0 ? t('visits.briefNone') : ''}>
            <dl className={styles.facts}>{brief.credit.map(line)}</dl>
          </Part>
        </div>
        <div>
          <Items title={t('visits.briefContacts')} list="contacts" items={brief.contacts} kind={kind} words={words} />
          <Items
            title={t('visits.tab.competitors')}
            list="competitors"
            items={brief.competitors}
            kind={kind}
            words={words}
          />
          <Items title={t('visits.tab.projects')} list="projects" items={brief.projects} kind={kind} words={words} />
        </div>
      </div>
      <Part title={t('visits.briefVisits')} empty={brief.visits.length === 0 ? t('visits.registerEmpty') : ''}>
        <ul className={styles.mentions}>
          {brief.visits.map((visit) => (
            <li key={`${visit.day} ${visit.staff} ${visit.content}`}>
              <span className={styles.soft}>
                {formats.day(visit.day)} {visit.staff} {word('visitPurpose', visit.purpose)}
              </span>{' '}
              <Tag tone={RESULT_TONE[visit.result] ?? 'plain'}>{word('visitResult', visit.result)}</Tag>
              <div>{visit.content}</div>
              {visit.nextVisitNote !== '' && (
                <div className={styles.soft}>{t('visits.briefNext', { note: visit.nextVisitNote })}</div>
              )}
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Part({
  title,
  empty,
  children,
}: {
  readonly title: string;
  readonly empty: string;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <h3 className={styles.sub}>{title}</h3>
      {empty === '' ? children : <p className={styles.soft}>{empty}</p>}
    </section>
  );
}

/** Entries of a list of the card, each in one line. */
function Items({
  title,
  list,
  items,
  kind,
  words,
}: {
  readonly title: string;
  readonly list: string;
  readonly items: readonly Readonly<Record<string, Json>>[];
  readonly kind: CardKind;
  readonly words: FieldWords;
}) {
  const { t } = words;
  const parts = fieldAt(kind, list, words.forms)?.itemFields ?? [];
  if (items.length === 0) return null;
  return (
    <Part title={title} empty="">
      <ul className={styles.mentions}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries of a card have no identity but their place
          <li key={index}>
            {parts
              .filter((part) => !isEmptyValue(item[part.key]))
              .map((part) =>
                part.identifying === true || part.key === 'name'
                  ? valueText(part, item[part.key], words)
                  : `${words.ownLabel(kind, `${list}.${part.key}`)} ${valueText(part, item[part.key], words)}`,
              )
              .join(t('form.listSeparator'))}
          </li>
        ))}
      </ul>
    </Part>
  );
}
