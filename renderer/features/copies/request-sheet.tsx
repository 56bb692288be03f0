import { IconArrowBackUp, IconPencil, IconPrinter, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CopyRequest } from '../../../shared/contract/copies.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { archiveQueryKey, useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { AgreementLines } from '../../ui/agreement/agreement-lines.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag, type Tone } from '../../ui/text/tag.tsx';
import { showDocument } from '../../ui/viewer/document-dialog.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './copies.module.css';

interface RequestSheetProps {
  readonly requestNumber: string;
  readonly mayIssue: boolean;
  readonly onMade: (copyNumber: string) => void;
  readonly onChange: (request: CopyRequest) => void;
  readonly onBack: () => void;
}

const TONES: Readonly<Record<string, Tone>> = { valid: 'moss', changed: 'amber', expired: 'amber', withdrawn: 'amber' };

/** A request on its way to the copy: first the account manager's consent, then the copy, once (I1). */
export function RequestSheet({ requestNumber, mayIssue, onMade, onChange, onBack }: RequestSheetProps) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const query = useArchiveQuery('copies.getRequest', { requestNumber });
  const client = useQueryClient();
  const make = useArchiveCommand('copies.make');
  const [asking, setAsking] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingSkeleton shape="form" />;
  const { request, statement, sha256, standing, agreement, refusals } = query.data;
  const isOpen = request.state === 'waiting' || request.state === 'consented';
  const run = async (): Promise<void> => {
    try {
      const made = await make.mutateAsync({ requestNumber });
      const { copyNumber } = made.copy;
      // The sheet of the copy stands, with its focus, before the document covers it.
      client.setQueryData(archiveQueryKey('copies.get', { copyNumber }), made.copy);
      onMade(copyNumber);
      // Released once: it is shown at once, and saved or printed from here.
      setTimeout(() =>
        showDocument({
          key: copyNumber,
          title: t('copies.document', { number: copyNumber }),
          fileName: copyNumber,
          maySave: true,
          open: () => Promise.resolve(made),
        }),
      );
    } catch {
      // Said above the buttons.
    }
  };
  return (
    <div className={styles.form}>
      <header className={styles.sheetHead}>
        <h2 className={styles.formTitle}>{request.recipient.name}</h2>
        <Tag tone={request.state === 'cancelled' ? 'plain' : (TONES[standing] ?? 'plain')}>
          {request.state === 'cancelled' ? t('copies.request.cancelled') : t(`agreement.state.${standing}`)}
        </Tag>
      </header>
      <AgreementLines statement={statement} code={sha256.slice(0, 12)} />
      {agreement !== null && standing !== 'changed' && (
        <p className={styles.say}>
          {t('agreement.byPerson', {
            name: agreement.name,
            role: t(`role.${agreement.role}`),
            at: formats.instant(agreement.givenAt),
          })}
          {' · '}
          {t(`copies.manner.${agreement.manner}`)}
        </p>
      )}
      {request.cancelledReason !== '' && <p className={styles.say}>{request.cancelledReason}</p>}
      {refusals.length > 0 && (
        <ul className={styles.refusals} role="alert">
          {refusals.map((reason) => (
            <li key={reason}>{t(`issueRefusal.${reason}`)}</li>
          ))}
        </ul>
      )}
      <ErrorNote error={make.error} />
      {isOpen && mayIssue && (
        <>
          <div className={styles.formActions}>
            <Button onClick={onBack} keys="escape">
              {t('kit.back')}
            </Button>
            {standing === 'valid' ? (
              <Button
                key="make"
                kind="primary"
                size="large"
                autoFocus
                busy={make.isPending}
                disabled={refusals.length > 0}
                onClick={() => void run()}
              >
                {t('copies.make')}
              </Button>
            ) : (
              <Button key="consent" kind="primary" size="large" autoFocus onClick={() => setAsking(true)}>
                {t('copies.askConsent')}
              </Button>
            )}
          </div>
          <div className={styles.others}>
            <Button size="small" kind="quiet" icon={IconPencil} onClick={() => onChange(request)}>
              {t('copies.change')}
            </Button>
            <Button
              size="small"
              kind="quiet"
              icon={IconPrinter}
              onClick={() => print({ form: 'copyConsent', number: requestNumber })}
            >
              {t('kit.print.copyConsent')}
            </Button>
            {standing === 'valid' && (
              <Button size="small" kind="quiet" icon={IconArrowBackUp} onClick={() => setWithdrawing(true)}>
                {t('agreement.withdraw')}
              </Button>
            )}
            <Button size="small" kind="quiet" icon={IconX} onClick={() => setCancelling(true)}>
              {t('copies.cancelRequest')}
            </Button>
          </div>
        </>
      )}
      {asking && <AgreementDialog statement={statement} onAgreed={() => undefined} onClose={() => setAsking(false)} />}
      {withdrawing && agreement !== null && (
        <WithdrawDialog number={agreement.number} onClose={() => setWithdrawing(false)} />
      )}
      {cancelling && <CancelDialog requestNumber={requestNumber} onClose={() => setCancelling(false)} />}
    </div>
  );
}

function CancelDialog({ requestNumber, onClose }: { readonly requestNumber: string; readonly onClose: () => void }) {
  const { t } = useText();
  const cancel = useArchiveCommand('copies.cancelRequest');
  return (
    <ReasonDialog
      title={t('copies.cancelRequest')}
      run={(reason) => cancel.mutateAsync({ requestNumber, reason })}
      busy={cancel.isPending}
      error={cancel.error}
      done={t('copies.cancelled', { number: requestNumber })}
      onClose={onClose}
    />
  );
}

function WithdrawDialog({ number, onClose }: { readonly number: string; readonly onClose: () => void }) {
  const { t } = useText();
  const withdraw = useArchiveCommand('agreements.withdraw');
  return (
    <ReasonDialog
      title={t('agreement.withdraw')}
      run={(reason) => withdraw.mutateAsync({ number, reason })}
      busy={withdraw.isPending}
      error={withdraw.error}
      done={t('agreement.state.withdrawn')}
      onClose={onClose}
    />
  );
}

/** Asks for the reason of an act, does it, and says so. */
function ReasonDialog({
  title,
  run,
  busy,
  error,
  done,
  onClose,
}: {
  readonly title: string;
  readonly run: (reason: string) => Promise<unknown>;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly done: string;
  readonly onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const submit = () =>
    run(reason.trim()).then(
      () => {
        toast(done);
        onClose();
      },
      () => undefined,
    );
  return (
    <FormDialog
      title={title}
      submitLabel={title}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={busy}
      maySubmit={reason.trim() !== ''}
    >
      <ErrorNote error={error} />
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
