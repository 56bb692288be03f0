import { TextInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './steps.module.css';

type Hold = OutputOf<'holds.list'>['holds'][number];
const MOST = 500;

/** Customers and volumes of which nothing may be destroyed: a lawsuit, an audit, a claim (§7.9). */
export function Holds({ mayChange }: { readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold | null>(null);
  const query = useArchiveQuery('holds.list', { limit: MOST }, { keepPrevious: true });
  const holds = query.data?.holds ?? [];
  return (
    <section aria-label={t('disposal.holds')}>
      <header className={styles.findingsHead}>
        <h2>{t('disposal.holds')}</h2>
        {mayChange && (
          <Button icon={IconLock} onClick={() => setPlacing(true)}>
            {t('disposal.placeHold')}
          </Button>
        )}
      </header>
      {holds.length === 0 ? (
        <p className={styles.soft}>{t('disposal.noHolds')}</p>
      ) : (
        <table className={styles.lasting}>
          <thead>
            <tr>
              <th scope="col">{t('disposal.subject')}</th>
              <th scope="col">{t('kit.reason')}</th>
              <th scope="col">{t('disposal.placed')}</th>
              <th scope="col">{t('binding.state')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('binding.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {holds.map((hold) => (
              <tr key={hold.id}>
                <td>
                  {hold.subject} {hold.name}
                </td>
                <td>{hold.reason}</td>
                <td>
                  {hold.placedBy} <span className={styles.soft}>{formats.day(hold.placedAt)}</span>
                </td>
                <td>
                  {hold.liftedAt === null ? (
                    <Tag tone="amber">{t('disposal.standing')}</Tag>
                  ) : (
                    <span className={styles.soft}>
                      {t('disposal.liftedBy', {
                        by: hold.liftedBy,
                        day: formats.day(hold.liftedAt),
                        reason: hold.liftedReason,
                      })}
                    </span>
                  )}
                </td>
                <td>
                  {mayChange && hold.liftedAt === null && (
                    <Button size="small" kind="quiet" onClick={() => setLifting(hold)}>
                      {t('disposal.liftHold')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {placing && <PlaceDialog onClose={() => setPlacing(false)} />}
      {lifting !== null && <LiftDialog hold={lifting} onClose={() => setLifting(null)} />}
    </section>
  );
}

function PlaceDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const [subject, setSubject] = useState('');
  const [reason, setReason] = useState('');
  const place = useArchiveCommand('holds.place');
  const submit = () =>
    place.mutateAsync({ subject: subject.trim(), reason: reason.trim() }).then(onClose, () => undefined);
  return (
    <FormDialog
      title={t('disposal.placeHold')}
      submitLabel={t('disposal.placeHold')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={place.isPending}
      maySubmit={subject.trim() !== '' && reason.trim() !== ''}
    >
      <p>{t('disposal.holdText')}</p>
      <ErrorNote error={place.error} showFields />
      <TextInput
        label={t('disposal.subject')}
        placeholder={t('disposal.subjectHint')}
        required
        autoComplete="off"
        data-autofocus
        maxLength={60}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}

function LiftDialog({ hold, onClose }: { readonly hold: Hold; readonly onClose: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const lift = useArchiveCommand('holds.lift');
  const submit = () => lift.mutateAsync({ id: hold.id, reason: reason.trim() }).then(onClose, () => undefined);
  return (
    <FormDialog
      title={t('disposal.liftHold')}
      submitLabel={t('disposal.liftHold')}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={lift.isPending}
      maySubmit={reason.trim() !== ''}
    >
      <p>
        {hold.subject} {hold.name} · {hold.reason}
      </p>
      <ErrorNote error={lift.error} showFields />
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
