import { Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import styles from './revision.module.css';

const TIERS = ['key', 'special', 'general'] as const;
type Tier = (typeof TIERS)[number];

/** No campaign is under way: when the next is due, what it would take in, and the one press that starts it. */
export function StartCampaign({ nextDue }: { readonly nextDue: string | null }) {
  const { t } = useText();
  const formats = useFormats();
  const { today } = useToday();
  const keeps = useActingRole() === 'keeper';
  const [tiers, setTiers] = useState<readonly Tier[]>(TIERS);
  const [onlyDue, setOnlyDue] = useState(false);
  const [title, setTitle] = useState('');
  const [due, setDue] = useState<string | null>(null);
  const start = useArchiveJob('revisions.start', 'revision.starting');
  const scope = { tiers: [...tiers], dueBy: onlyDue ? today : null };
  const proposal = useArchiveQuery('revisions.proposal', scope, { keepPrevious: true, enabled: tiers.length > 0 }).data;
  const shownDue = due ?? proposal?.dueOn ?? '';
  const day = parseTypedDate(shownDue);
  const ready = keeps && tiers.length > 0 && (proposal?.cards ?? 0) > 0 && typeof day === 'string';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || typeof day !== 'string' || start.job !== null) return;
    start.run({ title: title.trim(), dueOn: day, scope }).then(
      (campaign) =>
        toast(t('revision.started', { number: campaign.number, count: formats.number(campaign.counts.total) })),
      () => undefined,
    );
  };
  const late = nextDue !== null && nextDue < today;
  return (
    <div className={styles.page}>
      <form className={styles.start} onSubmit={submit} noValidate aria-label={t('revision.start')}>
        <h2 className={styles.startTitle}>
          {nextDue === null
            ? t('revision.nothingToRevise')
            : t(late ? 'revision.dueSince' : 'revision.nextDue', { day: formats.longDay(nextDue) })}
        </h2>
        <p className={styles.soft}>{t('revision.what')}</p>
        <ErrorNote error={start.error} showFields />
        {keeps ? (
          <>
            <TextInput
              label={t('revision.name')}
              placeholder={t('revision.namePlaceholder')}
              maxLength={100}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <Checkbox.Group
              label={t('revision.tiers')}
              value={[...tiers]}
              onChange={(next) => setTiers(TIERS.filter((tier) => next.includes(tier)))}
            >
              <div className={styles.choices}>
                {TIERS.map((tier) => (
                  <Checkbox key={tier} size="xs" value={tier} label={t(`option.tier.${tier}`)} />
                ))}
              </div>
            </Checkbox.Group>
            <Checkbox
              size="xs"
              label={t('revision.onlyDue')}
              checked={onlyDue}
              onChange={(event) => setOnlyDue(event.currentTarget.checked)}
            />
            <TextInput
              label={t('revision.dueOn')}
              required
              value={shownDue}
              error={shownDue !== '' && typeof day !== 'string' ? t('validation.date') : null}
              onChange={(event) => setDue(event.currentTarget.value)}
            />
            {start.job === null ? (
              <div className={styles.startFoot}>
                <Button type="submit" kind="primary" size="large" disabled={!ready} keys="enter">
                  {t('revision.start')}
                </Button>
                {proposal !== undefined && tiers.length > 0 && (
                  <span className={styles.soft}>
                    {t('revision.takesIn', {
                      count: formats.number(proposal.cards),
                      stale: formats.number(proposal.stale),
                    })}
                  </span>
                )}
              </div>
            ) : (
              <JobProgress job={start.job} />
            )}
          </>
        ) : (
          <p>{t('revision.keeperStarts')}</p>
        )}
      </form>
    </div>
  );
}
