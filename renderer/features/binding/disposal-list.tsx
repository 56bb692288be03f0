import { TextInput } from '@mantine/core';
import { IconPrinter, IconShieldLock, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DisposalList } from '../../../shared/contract/disposals.ts';
import type { AgreementStatement } from '../../../shared/domain/agreements.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementDialog } from '../../ui/agreement/agreement-dialog.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './steps.module.css';
import { ThingTable } from './thing-table.tsx';

/** How a list stands. */
export function StateTag({ state }: { readonly state: DisposalList['state'] }) {
  const { t } = useText();
  const tones = { draft: 'amber', destroyed: 'seal', cancelled: 'plain' } as const;
  return <Tag tone={tones[state]}>{t(`disposalState.${state}`)}</Tag>;
}

/** One list: its lines, the two people who have to agree, and the act itself. */
export function ListSheet({
  number,
  mayChange,
  onClose,
}: {
  readonly number: string;
  readonly mayChange: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const query = useArchiveQuery('disposals.get', { number }, { keepPrevious: true });
  const [agreeing, setAgreeing] = useState<AgreementStatement | null>(null);
  const [asking, setAsking] = useState<'destroy' | 'cancel' | null>(null);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingSkeleton shape="rows" count={5} />;
  const { list, things, approval, witness } = query.data;
  const isDraft = list.state === 'draft';
  const blocked = things.some((thing) => thing.blockers.length > 0);
  const ready = approval.standing === 'valid' && witness.standing === 'valid' && !blocked;
  const people = [
    { key: 'approval', consent: approval, name: list.approvedBy },
    { key: 'witness', consent: witness, name: list.witnessedBy },
  ] as const;
  return (
    <section aria-label={list.number}>
      <header className={styles.findingsHead}>
        <h2>
          {list.number} <StateTag state={list.state} />
        </h2>
        <Button icon={IconPrinter} onClick={() => print({ form: 'disposalList', number: list.number })}>
          {t('kit.print.disposalList')}
        </Button>
        <Button onClick={onClose}>{t('disposal.back')}</Button>
        {isDraft && mayChange && (
          <>
            <Button onClick={() => setAsking('cancel')}>{t('disposal.cancel')}</Button>
            <Button kind="danger" icon={IconTrash} disabled={!ready} onClick={() => setAsking('destroy')}>
              {t('disposal.destroy')}
            </Button>
          </>
        )}
      </header>
      {isDraft ? (
        <div className={styles.next} style={{ marginBlock: 8 }}>
          <p>{t('disposal.twoPeople')}</p>
          <span style={{ display: 'flex', gap: 16 }}>
            {people.map(({ key, consent }) => (
              <span key={key} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                {t(`disposal.${key}`)}
                {consent.standing === 'valid' ? (
                  <Tag tone="moss">{consent.agreement?.name ?? ''}</Tag>
                ) : (
                  <Button size="small" icon={IconShieldLock} onClick={() => setAgreeing(consent.statement)}>
                    {t('disposal.ask')}
                  </Button>
                )}
              </span>
            ))}
          </span>
        </div>
      ) : (
        <p className={styles.soft}>
          {[
            people.map(({ key, name }) => (name === '' ? '' : `${t(`disposal.${key}`)} ${name}`)).join('　'),
            `${list.endedBy} ${formats.day(list.endedAt)}`,
            list.endedReason,
          ]
            .filter((part) => part.trim() !== '')
            .join(' · ')}
        </p>
      )}
      <ThingTable things={things.map((thing) => ({ ...thing, listed: null }))} />
      {agreeing !== null && (
        <AgreementDialog statement={agreeing} onAgreed={() => undefined} onClose={() => setAgreeing(null)} />
      )}
      {asking === 'destroy' && <DestroyDialog list={list} onClose={() => setAsking(null)} />}
      {asking === 'cancel' && <CancelDialog list={list} onClose={() => setAsking(null)} />}
    </section>
  );
}

function DestroyDialog({ list, onClose }: { readonly list: DisposalList; readonly onClose: () => void }) {
  const { t } = useText();
  const [remark, setRemark] = useState('');
  const destroy = useArchiveCommand('disposals.destroy');
  const submit = () =>
    destroy.mutateAsync({ number: list.number, remark: remark.trim() }).then(
      ({ papers }) => {
        toast(t('disposal.done', { count: papers }));
        onClose();
      },
      () => undefined,
    );
  return (
    <FormDialog
      title={t('disposal.destroy')}
      submitLabel={t('disposal.destroyNow')}
      danger
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={destroy.isPending}
    >
      <p>{t('disposal.destroyText', { count: list.items })}</p>
      <ErrorNote error={destroy.error} showFields />
      <TextInput
        label={t('disposal.remark')}
        placeholder={t('disposal.remarkHint')}
        autoComplete="off"
        maxLength={400}
        data-autofocus
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function CancelDialog({ list, onClose }: { readonly list: DisposalList; readonly onClose: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const cancel = useArchiveCommand('disposals.cancel');
  const submit = () =>
    cancel.mutateAsync({ number: list.number, reason: reason.trim() }).then(onClose, () => undefined);
  return (
    <FormDialog
      title={t('disposal.cancel')}
      submitLabel={t('disposal.cancel')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={cancel.isPending}
      maySubmit={reason.trim() !== ''}
    >
      <ErrorNote error={cancel.error} showFields />
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
