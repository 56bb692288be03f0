import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DisposalThingShown } from '../../../shared/contract/disposals.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { ListSheet, StateTag } from './disposal-list.tsx';
import { Holds } from './holds.tsx';
import styles from './steps.module.css';
import { ThingTable } from './thing-table.tsx';

const SPANS = ['0', '12', '60'] as const;
const MOST = 500;

/** What is due (§7.9), the lists drawn up, and what is held. */
export function DisposalView() {
  const role = useActingRole();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      {open === null ? (
        <Due mayChange={role === 'keeper'} mayExtend={role === 'keeper' || role === 'supervisor'} onOpen={setOpen} />
      ) : (
        <ListSheet number={open} mayChange={role === 'keeper'} onClose={() => setOpen(null)} />
      )}
      <Lists onOpen={setOpen} />
      <Holds mayChange={role === 'keeper' || role === 'supervisor'} />
    </>
  );
}

function Due({
  mayChange,
  mayExtend,
  onOpen,
}: {
  readonly mayChange: boolean;
  readonly mayExtend: boolean;
  readonly onOpen: (number: string) => void;
}) {
  const { t } = useText();
  const [months, setMonths] = useState<string>('0');
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [extending, setExtending] = useState<DisposalThingShown | null>(null);
  const query = useArchiveQuery('disposals.due', { months: Number(months), limit: MOST }, { keepPrevious: true });
  const draft = useArchiveCommand('disposals.draft');
  const things = query.data?.things ?? [];
  const free = (thing: DisposalThingShown) => thing.blockers.length === 0 && thing.listed === null;
  const chosen = things.filter((thing) => free(thing) && marked.has(thing.code));
  const toggle = (code: string): void =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  const drawUp = () =>
    draft.mutateAsync({ codes: chosen.map((thing) => thing.code) }).then(
      (list) => {
        setMarked(new Set());
        onOpen(list.number);
      },
      () => undefined,
    );
  return (
    <section aria-label={t('disposal.due')}>
      <header className={styles.findingsHead}>
        <h2>{t('disposal.due')}</h2>
        <SegmentedControl
          aria-label={t('disposal.span')}
          value={months}
          onChange={setMonths}
          data={SPANS.map((value) => ({ value, label: t(`disposal.span.${value}`) }))}
        />
        {mayChange && (
          <Button
            kind="primary"
            icon={IconTrash}
            busy={draft.isPending}
            disabled={chosen.length === 0}
            onClick={() => void drawUp()}
          >
            {t('disposal.drawUp', { count: chosen.length })}
          </Button>
        )}
      </header>
      <ErrorNote error={draft.error} showFields />
      {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined && query.error === null && <LoadingSkeleton shape="rows" count={5} />}
      {query.data !== undefined && things.length === 0 && (
        <EmptyState icon={IconTrash} title={t('disposal.nothingDue')}>
          {t('disposal.nothingDueText')}
        </EmptyState>
      )}
      {things.length > 0 && (
        <ThingTable
          things={things}
          leading={
            mayChange
              ? (thing) => (
                  <Checkbox
                    aria-label={t('disposal.mark', { code: thing.code })}
                    checked={marked.has(thing.code)}
                    disabled={!free(thing)}
                    onChange={() => toggle(thing.code)}
                  />
                )
              : undefined
          }
          trailing={
            mayExtend
              ? (thing) => (
                  <Button size="small" kind="quiet" onClick={() => setExtending(thing)}>
                    {t('disposal.extend')}
                  </Button>
                )
              : undefined
          }
        />
      )}
      {extending !== null && <ExtendDialog thing={extending} onClose={() => setExtending(null)} />}
    </section>
  );
}

function ExtendDialog({ thing, onClose }: { readonly thing: DisposalThingShown; readonly onClose: () => void }) {
  const { t } = useText();
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const extend = useArchiveCommand('disposals.extend');
  const day = parseTypedDate(until);
  const submit = () =>
    extend
      .mutateAsync({ code: thing.code, until: typeof day === 'string' ? day : '', reason: reason.trim() })
      .then(onClose, () => undefined);
  return (
    <FormDialog
      title={t('disposal.extend')}
      submitLabel={t('disposal.extend')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={extend.isPending}
      maySubmit={typeof day === 'string' && reason.trim() !== ''}
    >
      <p>
        {thing.code} · {thing.title}
      </p>
      <ErrorNote error={extend.error} showFields />
      <TextInput
        label={t('disposal.until')}
        required
        autoComplete="off"
        data-autofocus
        placeholder="2040-12-31"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function Lists({ onOpen }: { readonly onOpen: (number: string) => void }) {
  const { t } = useText();
  const formats = useFormats();
  const query = useArchiveQuery('disposals.list', { limit: MOST }, { keepPrevious: true });
  const lists = query.data?.lists ?? [];
  if (lists.length === 0) return null;
  return (
    <section aria-label={t('disposal.lists')}>
      <h2 className={styles.title}>{t('disposal.lists')}</h2>
      <table className={styles.lasting}>
        <thead>
          <tr>
            <th scope="col">{t('disposal.number')}</th>
            <th scope="col">{t('binding.state')}</th>
            <th scope="col">{t('disposal.quantity')}</th>
            <th scope="col">{t('disposal.drafted')}</th>
            <th scope="col">{t('disposal.approval')}</th>
            <th scope="col">{t('disposal.witness')}</th>
          </tr>
        </thead>
        <tbody>
          {lists.map((list) => (
            <tr key={list.number}>
              <td>
                <Button kind="link" onClick={() => onOpen(list.number)}>
                  {list.number}
                </Button>
              </td>
              <td>
                <StateTag state={list.state} />
              </td>
              <td>{t('disposal.quantityIs', { items: list.items, pages: formats.number(list.pages) })}</td>
              <td>
                {list.draftedBy} <span className={styles.soft}>{formats.day(list.draftedAt)}</span>
              </td>
              <td>{list.approvedBy}</td>
              <td>{list.witnessedBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
