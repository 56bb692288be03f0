import { PasswordInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Campaign } from '../../../shared/contract/revisions.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { ProgressBar } from './progress-bar.tsx';

/** Closing a campaign: a supervisor agrees to what was settled; until one is admitted the keeper signs with the own secret. */
export function SignOff({ campaign, onClose }: { readonly campaign: Campaign; readonly onClose: () => void }) {
  const { t } = useText();
  const { go } = useNavigate();
  const role = useActingRole();
  const matter = useArchiveQuery('revisions.signOff', { campaign: campaign.number }).data;
  const close = useArchiveCommand('revisions.close');
  const [secret, setSecret] = useState('');
  const [remark, setRemark] = useState('');
  const [agreeing, setAgreeing] = useState(false);
  const own = matter?.ownSecret === true && role === 'keeper';
  const signed = role === 'supervisor' || matter?.standing === 'valid';
  const finish = (): void => {
    close.mutateAsync({ campaign: campaign.number, remark: remark.trim(), ...(own && !signed ? { secret } : {}) }).then(
      () => {
        toast(t('revision.closed', { number: campaign.number }));
        onClose();
        go({ screen: 'revision', tab: 'history', params: { campaign: campaign.number } });
      },
      () => setSecret(''),
    );
  };
  const submit = (): void => {
    if (signed || own) finish();
    else setAgreeing(true);
  };
  if (agreeing && matter !== undefined)
    return <AgreementDialog statement={matter.statement} onAgreed={finish} onClose={() => setAgreeing(false)} />;
  return (
    <FormDialog
      title={t('revision.signOff')}
      onClose={onClose}
      submitLabel={t(signed || own ? 'revision.close' : 'revision.askSupervisor')}
      onSubmit={submit}
      busy={close.isPending}
      maySubmit={matter !== undefined && (!own || signed || secret !== '')}
    >
      <ErrorNote error={close.error} showFields />
      <p>{t(own ? 'revision.signOwn' : signed ? 'revision.signReady' : 'revision.signOther')}</p>
      <ProgressBar counts={campaign.counts} />
      <Textarea
        label={t('revision.remark')}
        autosize
        minRows={2}
        maxLength={2000}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      {own && !signed && (
        <PasswordInput
          label={t('revision.ownSecret')}
          required
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
