import { useState } from 'react';
import type { Agreement } from '../../../shared/contract/agreements.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { AgreementLines } from '../../ui/agreement/agreement-lines.tsx';
import { AnnouncedNote, awaitsApproval, TakeBack } from '../../ui/agreement/announce.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { OwnSecretField } from '../../ui/form/own-secret-field.tsx';
import styles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';

/** A keeper without a supervisor: what is announced, and whether such acts wait an hour (security §15). */
export function WaitingHour() {
  const { t } = useText();
  const role = useActingRole();
  const announced = useArchiveQuery('agreements.announced', {});
  const off = useArchiveQuery('agreements.matter', { matter: { act: 'waitingHourOff' } });
  const [secret, setSecret] = useState('');
  const set = useArchiveCommand('agreements.setWaitingHour');
  if (role !== 'keeper' || announced.data === undefined || off.data === undefined) return null;
  const { on, acts } = announced.data;
  // A supervisor who agrees stands in its place: then it is of no use.
  if (!on && off.data.approval === 'supervisor') return null;
  const again = () => void off.refetch();
  const submit = () =>
    set.mutateAsync({ on: !on, secret }).then(
      () => {
        setSecret('');
        toast(t(on ? 'announce.turnedOff' : 'announce.turnedOn'));
      },
      () => setSecret(''),
    );
  return (
    <Section title={t('announce.section')} note={t(on ? 'announce.isOn' : 'announce.isOff')}>
      <p className={styles.lead}>{t('announce.sectionText')}</p>
      {acts.map((act) => (
        <AnnouncedAct key={act.number} act={act} onDone={() => void announced.refetch()} />
      ))}
      <form
        noValidate
        className={styles.form}
        aria-label={t('announce.section')}
        onSubmit={(event) => {
          event.preventDefault();
          if (secret !== '') void submit();
        }}
      >
        {on && <AnnouncedNote matter={off.data} onChange={again} />}
        {!(on && off.data.approval === 'waitingHour' && awaitsApproval(off.data)) && (
          <>
            <OwnSecretField value={secret} onChange={setSecret} />
            <div className={styles.tabs}>
              <Button type="submit" busy={set.isPending} disabled={secret === ''}>
                {t(on ? 'announce.turnOff' : 'announce.turnOn')}
              </Button>
            </div>
          </>
        )}
        <ErrorNote error={set.error} />
      </form>
    </Section>
  );
}

function AnnouncedAct({ act, onDone }: { readonly act: Agreement; readonly onDone: () => void }) {
  const { t } = useText();
  const formats = useFormats();
  return (
    <div className={styles.form}>
      <AgreementLines statement={act.statement} code={act.number} />
      <div className={styles.tabs}>
        <Tag tone={act.state === 'waiting' ? 'plain' : 'amber'}>
          {act.state === 'waiting'
            ? t('announce.waiting', { time: formats.instant(act.usableFrom) })
            : t('announce.ready', { time: formats.instant(act.validUntil) })}
        </Tag>
        <TakeBack number={act.number} onDone={onDone} />
      </div>
    </div>
  );
}
