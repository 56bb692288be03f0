import { Checkbox, Select, TextInput } from '@mantine/core';
import { IconBox } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useDraft } from '../../drafts/use-draft.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './stock-check.module.css';

type Findings = OutputOf<'stockChecks.compare'>;

const EARLIER = 5;

/** Stock check (C10): a place is chosen, what stands there is scanned, and the catalogue is put right at once. */
export function StockCheckView() {
  const { t } = useText();
  const formats = useFormats();
  const place = usePlace();
  const { replace } = useNavigate();
  const print = usePrint();
  const mayAct = useActingRole() === 'keeper';
  const places = useArchiveQuery('stockChecks.places', {}).data?.places;
  const earlier = useArchiveQuery('stockChecks.list', { limit: EARLIER }).data?.checks ?? [];
  const chosen = place.params?.['place'] ?? null;
  const choose = (next: string | null) =>
    replace({ tab: 'stock', number: undefined, params: next === null ? undefined : { place: next } });
  const known = places?.find((one) => one.place === chosen);
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <Select
          label={t('stock.choose')}
          placeholder={t(places?.length === 0 ? 'stock.noPlaces' : 'stock.choosePlace')}
          searchable
          w={360}
          data={(places ?? []).map((one) => ({
            value: one.place,
            label: t('stock.placePapers', { place: one.place, count: one.papers }),
          }))}
          value={chosen}
          onChange={choose}
        />
        {known !== undefined && (
          <p className={styles.soft}>
            {known.lastCheck === null
              ? t('stock.neverChecked')
              : t('stock.lastCheck', { day: formats.day(known.lastCheck) })}
          </p>
        )}
      </div>
      {chosen === null ? (
        <>
          <EmptyState icon={IconBox} title={t('stock.empty')}>
            {t('stock.emptyText')}
          </EmptyState>
          {earlier.length > 0 && (
            <section className={styles.earlier} aria-label={t('stock.earlier')}>
              <h3>{t('stock.earlier')}</h3>
              <ul>
                {earlier.map((check) => (
                  <li key={check.number}>
                    <Button kind="link" onClick={() => print({ form: 'stockCheck', number: check.number })}>
                      {t('stock.earlierLine', { ...check, day: formats.day(check.at) })}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      ) : (
        <Checking key={chosen} place={chosen} mayAct={mayAct} onClosed={() => choose(null)} />
      )}
    </div>
  );
}

function Checking({
  place,
  mayAct,
  onClosed,
}: {
  readonly place: string;
  readonly mayAct: boolean;
  readonly onClosed: () => void;
}) {
  const { t } = useText();
  const draft = useDraft<readonly string[]>('stockCheck', place);
  const [own, setOwn] = useState<readonly string[] | null>(null);
  const [text, setText] = useState('');
  const [twice, setTwice] = useState<string | null>(null);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const print = usePrint();
  const close = useArchiveCommand('stockChecks.close');
  // What was scanned before a lock or a crash goes on.
  const scanned = own ?? draft.found?.value ?? [];
  const compared = useArchiveQuery(
    'stockChecks.compare',
    { place, scanned: [...scanned] },
    { enabled: draft.ready, keepPrevious: true },
  );
  useEffect(() => field.current?.focus(), []);
  const found: Findings | undefined = compared.data;
  const movable = (found?.elsewhere ?? []).filter((paper) => paper.state === 'inPlace');
  const scan = (event: FormEvent): void => {
    event.preventDefault();
    const code = text.normalize('NFKC').trim().toUpperCase();
    setText('');
    if (code === '') return;
    setTwice(scanned.includes(code) ? code : null);
    if (scanned.includes(code)) return;
    const next = [...scanned, code];
    setOwn(next);
    draft.save(next, place);
  };
  const end = (): void => {
    close
      .mutateAsync({
        place,
        scanned: [...scanned],
        moveHere: movable.filter(({ code }) => !kept.has(code)).map(({ code }) => code),
        note: note.trim(),
      })
      .then(
        (check) => {
          draft.discard();
          toast(t('stock.closed', { number: check.number }));
          onClosed();
          print({ form: 'stockCheck', number: check.number });
        },
        () => undefined,
      );
  };
  return (
    <>
      <form className={styles.scan} onSubmit={scan} aria-label={t('stock.scan')}>
        <TextInput
          ref={field}
          aria-label={t('stock.scan')}
          placeholder={t('stock.scan')}
          size="md"
          autoComplete="off"
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className={styles.soft} role="status">
          {twice === null ? t('stock.scanned', { count: scanned.length }) : t('stock.twice', { code: twice })}
        </p>
      </form>
      <ErrorNote error={compared.error ?? close.error} />
      {found !== undefined && (
        <div className={styles.lists}>
          <List title={t('stock.missing')} tone="seal" papers={found.missing} />
          <List
            title={t('stock.elsewhere')}
            tone="amber"
            papers={found.elsewhere}
            extra={(paper) =>
              mayAct && paper.state === 'inPlace' ? (
                <Checkbox
                  size="xs"
                  label={t('stock.moveAll')}
                  checked={!kept.has(paper.code)}
                  onChange={(event) => {
                    const next = new Set(kept);
                    if (event.currentTarget.checked) next.delete(paper.code);
                    else next.add(paper.code);
                    setKept(next);
                  }}
                />
              ) : (
                <span className={styles.soft}>{t(`dossiers.state.${paper.state}`)}</span>
              )
            }
          />
          <section aria-label={t('stock.unknown')}>
            <h3>
              {t('stock.unknown')} <Tag tone={found.unknown.length > 0 ? 'amber' : 'plain'}>{found.unknown.length}</Tag>
            </h3>
            <ul>
              {found.unknown.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
          </section>
          <List title={t('stock.here')} tone="plain" papers={found.here} />
        </div>
      )}
      {mayAct && (
        <form
          className={styles.foot}
          onSubmit={(event) => {
            event.preventDefault();
            if (scanned.length > 0 && !close.isPending) end();
          }}
        >
          <TextInput
            aria-label={t('stock.note')}
            placeholder={t('stock.note')}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" kind="primary" busy={close.isPending} disabled={scanned.length === 0}>
            {t('stock.close')}
          </Button>
        </form>
      )}
    </>
  );
}

type StockPaper = Findings['here'][number];

function List({
  title,
  tone,
  papers,
  extra,
}: {
  readonly title: string;
  readonly tone: 'seal' | 'amber' | 'plain';
  readonly papers: readonly StockPaper[];
  readonly extra?: (paper: StockPaper) => React.ReactNode;
}) {
  return (
    <section aria-label={title}>
      <h3>
        {title} <Tag tone={papers.length > 0 ? tone : 'plain'}>{papers.length}</Tag>
      </h3>
      <ul>
        {papers.map((paper) => (
          <li key={paper.code}>
            <span>{paper.title}</span>
            <span className={styles.soft}>
              {paper.code}　{paper.customerName}
            </span>
            {extra !== undefined && (
              <span className={styles.soft}>
                {paper.place} {extra(paper)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
