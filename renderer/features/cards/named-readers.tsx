import { IconUsers, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { READS_EVERY_CARD } from '../../../shared/domain/named-readers.ts';
import { LOOKUP_ROLES } from '../../../shared/domain/roles.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { StaffSelect } from '../../ui/fields/staff-select.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './custody-panel.module.css';

type LimitedCard = OutputOf<'readers.list'>['cards'][number];

/** Who may read this card and its dossier (L1): whoever's role may, or only the people named here. */
export function NamedReaders({ number }: { readonly number: string }) {
  const { t } = useText();
  const formats = useFormats();
  const acts = useActingRole() !== undefined;
  const [asking, setAsking] = useState<'change' | 'lift' | null>(null);
  const cards = useArchiveQuery('readers.list', { number }).data?.cards;
  if (cards === undefined) return null;
  const [card] = cards;
  return (
    <section aria-label={t('readers.title')}>
      <header className={styles.head}>
        <h3 className={styles.title}>{t('readers.title')}</h3>
        {card !== undefined && <Tag tone="amber">{t('loans.stays.notNamed')}</Tag>}
        {acts && (
          <span className={styles.acts}>
            <Button size="small" icon={IconUsers} onClick={() => setAsking('change')}>
              {t(card === undefined ? 'readers.limit' : 'readers.change')}
            </Button>
            {card !== undefined && (
              <Button size="small" kind="quiet" onClick={() => setAsking('lift')}>
                {t('readers.lift')}
              </Button>
            )}
          </span>
        )}
      </header>
      {card === undefined ? (
        <p className={styles.soft}>{t('readers.anyone')}</p>
      ) : (
        <>
          <p>{t('readers.only', { names: card.readers.map((one) => one.name).join(t('form.listSeparator')) })}</p>
          <p className={styles.soft}>
            {t('readers.since', { by: card.by, day: formats.day(card.since) })} · {card.reason}
          </p>
        </>
      )}
      {asking !== null && (
        <ReadersDialog number={number} card={card} lift={asking === 'lift'} onClose={() => setAsking(null)} />
      )}
    </section>
  );
}

/** Who can sign in to read, but is nobody of the directory: cannot be named until they are linked. */
function Unlinked() {
  const { t } = useText();
  const { go } = useNavigate();
  const users = useArchiveQuery('users.list', {}).data?.users;
  const staff = useArchiveQuery('staff.list', {}).data?.staff;
  const linked = new Set(staff?.map(({ login }) => login));
  const names = (users ?? [])
    .filter(
      ({ login, role, active }) =>
        active && !READS_EVERY_CARD.includes(role) && LOOKUP_ROLES.includes(role) && !linked.has(login),
    )
    .map(({ displayName }) => displayName);
  if (staff === undefined || names.length === 0) return null;
  return (
    <p className={styles.soft}>
      {t('readers.unlinked', { names: names.join(t('form.listSeparator')) })}{' '}
      <Button kind="link" onClick={() => go({ screen: 'people' })}>
        {t('readers.link')}
      </Button>
    </p>
  );
}

function ReadersDialog({
  number,
  card,
  lift,
  onClose,
}: {
  readonly number: string;
  readonly card: LimitedCard | undefined;
  readonly lift: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const [chosen, setChosen] = useState<LimitedCard['readers']>(card?.readers ?? []);
  const [reason, setReason] = useState('');
  const save = useArchiveCommand('readers.limit');
  const readers = lift ? [] : chosen;
  const submit = () =>
    save
      .mutateAsync({ number, readers: readers.map((one) => one.staffId), reason: reason.trim() })
      .then(onClose, () => undefined);
  const title = t(lift ? 'readers.lift' : card === undefined ? 'readers.limit' : 'readers.change');
  return (
    <FormDialog
      title={title}
      submitLabel={title}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={save.isPending}
      maySubmit={reason.trim() !== '' && (lift || chosen.length > 0)}
    >
      {lift ? (
        <p>{t('readers.anyone')}</p>
      ) : (
        <>
          <p>{t('readers.help')}</p>
          {chosen.length > 0 && (
            <ul className={styles.readers}>
              {chosen.map((one) => (
                <li key={one.staffId}>
                  {one.name} <span className={styles.soft}>{one.department}</span>
                  <Button
                    size="small"
                    kind="quiet"
                    icon={IconX}
                    aria-label={t('readers.remove', { name: one.name })}
                    onClick={() => setChosen(chosen.filter((other) => other !== one))}
                  />
                </li>
              ))}
            </ul>
          )}
          <StaffSelect
            // Whoever was taken stands above; the field is for the next.
            key={chosen.length}
            label={t('readers.add')}
            required={false}
            autoFocus
            value={null}
            onChange={(next) => {
              if (next !== null && !chosen.some((one) => one.staffId === next.id))
                setChosen([...chosen, { staffId: next.id, name: next.name, department: next.department }]);
            }}
          />
          <Unlinked />
        </>
      )}
      <ReasonField value={reason} onChange={setReason} autoFocus={lift} />
      <ErrorNote error={save.error} showFields />
    </FormDialog>
  );
}
