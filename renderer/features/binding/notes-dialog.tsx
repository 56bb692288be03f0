import { Select, TextInput } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { SUPPLEMENT_KINDS, type SupplementKind } from '../../../shared/domain/supplements.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './steps.module.css';

/** The notes sheet (備考表) of a fixed volume: as it was closed, and every supplement since (Y2). */
export function NotesDialog({
  volume,
  mayAdd,
  onClose,
}: {
  readonly volume: { readonly id: number; readonly code: string };
  readonly mayAdd: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const [adding, setAdding] = useState(false);
  const query = useArchiveQuery('volumes.notes', { id: volume.id });
  const notes = query.data;
  return (
    <Dialog title={t('binding.notesOf', { code: volume.code })} size="xl" onClose={onClose}>
      {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {notes === undefined && query.error === null && <LoadingSkeleton shape="rows" count={4} />}
      {notes !== undefined && (
        <>
          <section aria-label={t('binding.closingNotes')}>
            <h3 className={styles.title}>{t('binding.closingNotes')}</h3>
            {notes.closing.length === 0 ? (
              <p className={styles.soft}>{t('binding.noNotes')}</p>
            ) : (
              <ul>
                {notes.closing.map((line) => (
                  <li key={`${line.date} ${line.text}`}>
                    {line.text} <span className={styles.soft}>{`${line.by} ${formats.day(line.date)}`}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section aria-label={t('binding.supplements')}>
            <h3 className={styles.title}>{t('binding.supplements')}</h3>
            {notes.supplements.length === 0 ? (
              <p className={styles.soft}>{t('binding.noSupplements')}</p>
            ) : (
              <ol>
                {notes.supplements.map((line) => (
                  <li key={line.number}>
                    <Tag>{t(`supplementKind.${line.kind}`)}</Tag> {line.paper} {line.text}
                    {line.added !== '' && ` ← ${line.added}`}
                    <p className={styles.reason}>
                      {t('binding.explainedBy', { reason: line.reason, by: line.by, day: formats.day(line.at) })}
                    </p>
                  </li>
                ))}
              </ol>
            )}
          </section>
          {adding ? (
            <AddForm id={volume.id} onDone={() => setAdding(false)} />
          ) : (
            <div className={styles.findingsHead}>
              <p className={styles.soft} style={{ flex: 1 }}>
                {t('binding.supplementText')}
              </p>
              <Button icon={IconPrinter} onClick={() => print({ form: 'notesSheet', number: volume.code })}>
                {t('kit.print.notesSheet')}
              </Button>
              {mayAdd && (
                <Button kind="primary" onClick={() => setAdding(true)}>
                  {t('binding.addSupplement')}
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}

function AddForm({ id, onDone }: { readonly id: number; readonly onDone: () => void }) {
  const texts = useText();
  const { t } = texts;
  const [kind, setKind] = useState<SupplementKind>('correction');
  const [paper, setPaper] = useState('');
  const [added, setAdded] = useState('');
  const [what, setWhat] = useState('');
  const [reason, setReason] = useState('');
  const add = useArchiveCommand('volumes.supplement');
  const ready = what.trim() !== '' && reason.trim() !== '';
  const submit = () =>
    add
      .mutateAsync({
        id,
        kind,
        paper: paper.trim(),
        added: kind === 'addition' ? added.trim() : '',
        text: what.trim(),
        reason: reason.trim(),
      })
      .then(onDone, () => undefined);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !add.isPending) void submit();
      }}
      style={{ display: 'grid', gap: 12 }}
    >
      <ErrorNote error={add.error} />
      <Select
        label={t('binding.supplementKind')}
        allowDeselect={false}
        value={kind}
        onChange={(value) => setKind(SUPPLEMENT_KINDS.find((one) => one === value) ?? 'correction')}
        data={SUPPLEMENT_KINDS.map((value) => ({ value, label: t(`supplementKind.${value}`) }))}
      />
      <TextInput
        label={t('binding.supplementPaper')}
        autoComplete="off"
        maxLength={60}
        value={paper}
        error={fieldErrorAt(add.error, 'paper', texts)}
        onChange={(event) => setPaper(event.currentTarget.value)}
      />
      {kind === 'addition' && (
        <TextInput
          label={t('binding.supplementAdded')}
          autoComplete="off"
          maxLength={60}
          value={added}
          error={fieldErrorAt(add.error, 'added', texts)}
          onChange={(event) => setAdded(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('binding.supplementWhat')}
        required
        autoComplete="off"
        data-autofocus
        maxLength={400}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
      <div className={styles.findingsHead} style={{ justifyContent: 'flex-end' }}>
        <Button onClick={onDone}>{t('kit.back')}</Button>
        <Button type="submit" kind="primary" busy={add.isPending} disabled={!ready}>
          {t('binding.addSupplement')}
        </Button>
      </div>
    </form>
  );
}
