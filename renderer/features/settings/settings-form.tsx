import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from '../../ui/frame/page.module.css';
import { ErrorNote } from '../../ui/states/error-state.tsx';

interface SettingsFormProps {
  readonly mayChange: boolean;
  readonly dirty: boolean;
  /** Something typed cannot be saved; it is said beside its field. */
  readonly wrong?: boolean;
  readonly busy: boolean;
  readonly error: AppError | null;
  /** Rules that keep their versions ask why they change; others are given no reason. */
  readonly asksReason?: boolean;
  readonly onSave: (reason: string) => void;
  readonly onGiveBack: () => void;
  readonly children: ReactNode;
}

/** One form of settings: its fields, what was wrong, save by Ctrl S, back to what is saved; for readers it stands still. */
export function SettingsForm({
  mayChange,
  dirty,
  wrong = false,
  busy,
  error,
  asksReason = false,
  onSave,
  onGiveBack,
  children,
}: SettingsFormProps) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const ready = dirty && mayChange && !wrong && !busy && (!asksReason || reason.trim() !== '');
  const save = (): void => {
    if (ready) onSave(reason.trim());
  };
  useShortcut('mod+s', save, { labelKey: 'kit.save', inInputs: true, enabled: mayChange });
  return (
    <form
      noValidate
      className={styles.narrow}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {children}
      <ErrorNote error={error} showFields />
      {mayChange ? (
        <div className={styles.form}>
          {asksReason && dirty && (
            <TextInput
              label={t('settings.reason')}
              description={t('settings.reasonHelp')}
              required
              maxLength={400}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <div className={styles.tabs}>
            <Button type="submit" kind="primary" keys="mod+s" disabled={!ready} busy={busy}>
              {t('kit.save')}
            </Button>
            <Button kind="quiet" disabled={!dirty} onClick={onGiveBack}>
              {t('settings.giveBack')}
            </Button>
          </div>
        </div>
      ) : (
        <p className={styles.lead}>{t('settings.readOnly')}</p>
      )}
    </form>
  );
}

/** Earlier versions of rules: which, when, by whom, why. */
export function VersionList({
  versions,
}: {
  readonly versions: readonly {
    readonly version: number;
    readonly at: string;
    readonly by: string;
    readonly reason: string;
  }[];
}) {
  const { t } = useText();
  const formats = useFormats();
  if (versions.length === 0) return <p className={styles.sectionNote}>{t('settings.noVersions')}</p>;
  return (
    <dl className={styles.facts}>
      {versions.map((one) => (
        <div key={one.version} style={{ display: 'contents' }}>
          <dt>{t('settings.version', { version: one.version })}</dt>
          <dd>{[formats.instant(one.at), one.by, one.reason].filter((part) => part !== '').join(' · ')}</dd>
        </div>
      ))}
    </dl>
  );
}
