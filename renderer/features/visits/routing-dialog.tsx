import { MultiSelect } from '@mantine/core';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import styles from './visits.module.css';

/** Who is told of which subject (V3), beside the salesperson of the customer. What is chosen holds at once. */
export function RoutingDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const rules = useArchiveQuery('reportRouting.list', {}, { keepPrevious: true }).data?.rules;
  const staff = useArchiveQuery('staff.list', {}).data?.staff ?? [];
  const save = useArchiveCommand('reportRouting.save');
  return (
    <Dialog title={t('visits.routing')} size="xl" onClose={onClose}>
      <p className={styles.soft}>{t('visits.routingText')}</p>
      <ErrorNote error={save.error} showFields />
      {rules === undefined ? (
        <LoadingSkeleton shape="rows" count={8} />
      ) : (
        <div className={styles.two}>
          {rules.map((rule, index) => (
            <MultiSelect
              key={rule.subject}
              label={rule.subject === '' ? t('visits.routingAll') : t(`option.reportSubject.${rule.subject}`)}
              data-autofocus={index === 0 || undefined}
              searchable
              data={staff.map((one) => ({ value: String(one.id), label: `${one.name}　${one.department}` }))}
              value={rule.staff.map(({ id }) => String(id))}
              onChange={(next) =>
                void save.mutateAsync({ subject: rule.subject, staffIds: next.map(Number) }).catch(() => undefined)
              }
            />
          ))}
        </div>
      )}
    </Dialog>
  );
}
