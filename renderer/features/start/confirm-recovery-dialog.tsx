import { useText } from '../../i18n/use-text.ts';
import { Dialog, registerDialog, type StackedDialogProps } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ConfirmGroups } from './confirm-groups.tsx';
import { groupCount } from './recovery-groups.ts';

/** Characters of an age identity: `AGE-SECRET-KEY-1` and 58 of data (security.md §3). */
const KEY_LENGTH = 74;

/** Confirms the recovery key later, from the paper, when the window was reloaded before it was done. */
function ConfirmRecoveryDialog({ onClose }: StackedDialogProps<undefined>) {
  const { t } = useText();
  const done = () => {
    toast(t('start.recoveryConfirmed'));
    onClose();
  };
  return (
    <Dialog title={t('start.recoveryConfirm')} onClose={onClose}>
      <p>{t('start.recoveryConfirmText')}</p>
      <ConfirmGroups count={groupCount(KEY_LENGTH)} onConfirmed={done} onBack={onClose} />
    </Dialog>
  );
}

export function registerStartDialogs(): void {
  registerDialog('confirmRecoveryKey', ConfirmRecoveryDialog);
}
