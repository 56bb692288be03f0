import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../actions/button.tsx';
import { FormDialog } from '../dialog/dialog.tsx';
import { toast } from '../dialog/toasts.tsx';
import form from '../form/form.module.css';
import { OwnSecretField } from '../form/own-secret-field.tsx';
import { ErrorNote } from '../states/error-state.tsx';
import styles from './agreement.module.css';
import { AgreementDialog } from './agreement-dialog.tsx';
import { AgreementLines } from './agreement-lines.tsx';

/** What an act needs besides the own secret, from a query of its own. */
export type ApprovalMatter = Pick<OutputOf<'agreements.matter'>, 'approval' | 'statement' | 'standing' | 'agreement'>;

/** True while somebody has to agree first, or the act has to be announced or waited for. */
export const awaitsApproval = (matter: ApprovalMatter | undefined): boolean =>
  matter !== undefined && matter.approval !== 'none' && matter.standing !== 'valid';

/** True while there is nothing to be done but to wait. */
export const isWaiting = (matter: ApprovalMatter | undefined): boolean =>
  matter?.approval === 'waitingHour' && matter.standing === 'waiting';

/** Whoever has to agree does, or the keeper alone announces: whichever the act needs. */
export function ApprovalDialog({
  matter,
  onGiven,
  onClose,
}: {
  readonly matter: ApprovalMatter;
  readonly onGiven: () => void;
  readonly onClose: () => void;
}) {
  return matter.approval === 'waitingHour' ? (
    <AnnounceDialog statement={matter.statement} onGiven={onGiven} onClose={onClose} />
  ) : (
    <AgreementDialog statement={matter.statement} onAgreed={onGiven} onClose={onClose} />
  );
}

function AnnounceDialog({
  statement,
  onGiven,
  onClose,
}: {
  readonly statement: AgreementStatement;
  readonly onGiven: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const [secret, setSecret] = useState('');
  const announce = useArchiveCommand('agreements.announce');
  const submit = (): void => {
    announce.mutateAsync({ statement: { ...statement, lines: [...statement.lines] }, secret }).then(
      ({ usableFrom }) => {
        toast(t('announce.done', { time: formats.time(usableFrom ?? '') }));
        onGiven();
        onClose();
      },
      () => setSecret(''),
    );
  };
  return (
    <FormDialog
      title={t('announce.title')}
      size="lg"
      submitLabel={t('announce.now')}
      onClose={onClose}
      onSubmit={submit}
      busy={announce.isPending}
      maySubmit={secret !== ''}
    >
      <AgreementLines statement={statement} />
      <p className={styles.say}>{t('announce.text')}</p>
      <OwnSecretField value={secret} onChange={setSecret} />
      <ErrorNote error={announce.error} />
    </FormDialog>
  );
}

/** How an act of a keeper alone stands: to be announced, waiting (and may be taken back), or ready. Nothing for other acts. */
export function AnnouncedNote({
  matter,
  mayAnnounce = true,
  onChange,
}: {
  readonly matter: ApprovalMatter | undefined;
  /** False while what is announced is not filled in. */
  readonly mayAnnounce?: boolean;
  /** Asks again how it stands. */
  readonly onChange: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const [announcing, setAnnouncing] = useState(false);
  const ripe = isWaiting(matter) ? (matter?.agreement?.usableFrom ?? null) : null;
  // The hour ends while the screen is open as well.
  useEffect(() => {
    if (ripe === null) return undefined;
    const timer = setTimeout(onChange, Math.max(1_000, Date.parse(ripe) - Date.now() + 500));
    return () => clearTimeout(timer);
  }, [ripe, onChange]);
  if (matter === undefined || matter.approval !== 'waitingHour') return null;
  const { standing, agreement } = matter;
  if (standing === 'valid')
    return <p className={form.good}>{t('announce.ready', { time: formats.instant(agreement?.validUntil) })}</p>;
  return (
    <div className={form.stack}>
      <p className={styles.say}>
        {standing === 'waiting'
          ? t('announce.waiting', { time: formats.instant(agreement?.usableFrom) })
          : t('announce.first')}
      </p>
      <div>
        {standing === 'waiting' && agreement !== null ? (
          <TakeBack number={agreement.number} onDone={onChange} />
        ) : (
          <Button size="small" disabled={!mayAnnounce} onClick={() => setAnnouncing(true)}>
            {t('announce.open')}
          </Button>
        )}
      </div>
      {announcing && <ApprovalDialog matter={matter} onGiven={onChange} onClose={() => setAnnouncing(false)} />}
    </div>
  );
}

/** Takes an announced act back; anybody who sits at the desk may, without a secret: it prevents, it permits nothing. */
export function TakeBack({ number, onDone }: { readonly number: string; readonly onDone: () => void }) {
  const { t } = useText();
  const withdraw = useArchiveCommand('agreements.withdraw');
  return (
    <>
      <Button
        size="small"
        busy={withdraw.isPending}
        onClick={() =>
          withdraw.mutateAsync({ number, reason: t('announce.takenBackReason') }).then(
            () => {
              toast(t('announce.takenBack'));
              onDone();
            },
            () => undefined,
          )
        }
      >
        {t('announce.takeBack')}
      </Button>
      <ErrorNote error={withdraw.error} />
    </>
  );
}
