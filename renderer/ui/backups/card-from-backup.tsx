import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { Dialog, DialogActions } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import { changedLabel, useFieldWords } from '../fields/field-words.ts';
import { ValueSides } from '../fields/value-sides.tsx';
import { PathField } from '../form/path-field.tsx';
import { RecoveryKeyField } from '../form/recovery-key-field.tsx';
import pageStyles from '../frame/page.module.css';
import { ErrorNote } from '../states/error-state.tsx';
import { JobProgress } from '../states/job-progress.tsx';
import styles from './card-from-backup.module.css';
import { useNewestBackup } from './newest-backup.ts';

type Found = OutputOf<'backups.compareCard'>;

/** One card as a backup has it: the differences first, then what is chosen is put back as a change of its own (C6, R49). */
export function CardFromBackup({ number: given, onClose }: { readonly number?: string; readonly onClose: () => void }) {
  const { t } = useText();
  const newest = useNewestBackup();
  const [number, setNumber] = useState(given ?? '');
  const [file, setFile] = useState<string | null>(null);
  const [recoveryKey, setRecoveryKey] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const look = useArchiveJob('backups.compareCard', 'backups.cardJob');
  const putBack = useArchiveJob('backups.restoreCard', 'backups.cardPutBackJob');
  const from = { file: (file ?? newest).trim(), recoveryKey: recoveryKey.trim() };
  const ready = [from.file, from.recoveryKey, number.trim()].every((text) => text !== '');
  const job = look.job ?? putBack.job;
  const choose = async (fields: string[]) => {
    if (found === null) return;
    const { revision, backup } = found;
    const done = await putBack.run({ ...from, number: found.number, revision, backup, fields });
    setRecoveryKey('');
    toast(t('backups.cardDone', { number: done.number, count: done.restored.length }));
    onClose();
  };
  return (
    <Dialog
      title={found === null ? t('backups.card') : `${t('backups.card')} · ${found.number} ${found.name}`}
      size={found === null ? 'md' : 'lg'}
      onClose={onClose}
      mayClose={job === null}
    >
      {job !== null ? (
        <JobProgress job={job} />
      ) : found === null ? (
        <form
          noValidate
          className={pageStyles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void look.run({ ...from, number: number.trim() }).then(setFound, () => undefined);
          }}
        >
          <p className={pageStyles.lead}>{t('backups.cardText')}</p>
          {given === undefined && (
            <TextInput
              label={t('backups.cardNumber')}
              required
              value={number}
              autoComplete="off"
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          )}
          <PathField kind="file" label={t('start.backupFile')} value={file ?? newest} onChange={setFile} />
          <RecoveryKeyField value={recoveryKey} onChange={setRecoveryKey} />
          <ErrorNote error={look.error} showFields />
          <DialogActions>
            <Button type="submit" kind="primary" disabled={!ready}>
              {t('backups.cardLook')}
            </Button>
          </DialogActions>
        </form>
      ) : (
        <Differences
          found={found}
          error={putBack.error}
          onBack={() => {
            putBack.clearError();
            setFound(null);
          }}
          onChosen={(fields) => void choose(fields).catch(() => undefined)}
        />
      )}
    </Dialog>
  );
}

function Differences({
  found,
  error,
  onBack,
  onChosen,
}: {
  readonly found: Found;
  readonly error: ReturnType<typeof useArchiveJob>['error'];
  readonly onBack: () => void;
  readonly onChosen: (fields: string[]) => void;
}) {
  const words = useFieldWords();
  const { t } = words;
  const formats = useFormats();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = found.differences.map(({ field }) => field).filter((field) => !left.has(field));
  const turn = (field: string) =>
    setLeft((before) => {
      const after = new Set(before);
      if (!after.delete(field)) after.add(field);
      return after;
    });
  return (
    <form
      noValidate
      className={pageStyles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onChosen(chosen);
      }}
    >
      <p className={pageStyles.lead}>
        {t('backups.cardSaved', {
          made: formats.instant(found.made),
          by: found.savedBy,
          at: formats.instant(found.savedAt),
        })}
      </p>
      {found.differences.length === 0 ? (
        <p role="status">{t('backups.cardSame')}</p>
      ) : (
        <>
          <div className={styles.heads} aria-hidden>
            <span>{t('backups.present')}</span>
            <span>{t('backups.inBackup')}</span>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={styles.fields} tabIndex={0} aria-label={t('backups.difference')}>
            {found.differences.map(({ field, former, present }) => (
              <div key={field} className={styles.field}>
                <Checkbox
                  label={changedLabel(found.kind, field, words)}
                  checked={!left.has(field)}
                  onChange={() => turn(field)}
                />
                <ValueSides
                  kind={found.kind}
                  field={field}
                  words={words}
                  left={{ said: t('backups.present'), value: present }}
                  right={{ said: t('backups.inBackup'), value: former }}
                />
              </div>
            ))}
          </section>
        </>
      )}
      <ErrorNote error={error} showFields />
      <DialogActions>
        <Button onClick={onBack}>{t('kit.back')}</Button>
        {found.differences.length > 0 && (
          <Button type="submit" kind="primary" disabled={chosen.length === 0}>
            {t('backups.cardPutBack', { count: chosen.length })}
          </Button>
        )}
      </DialogActions>
    </form>
  );
}
