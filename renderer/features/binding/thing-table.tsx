import type { ReactNode } from 'react';
import type { DisposalThingShown } from '../../../shared/contract/disposals.ts';
import { retentionText } from '../../../shared/domain/paper-facts.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { ClassTab } from '../../ui/text/class-tab.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './steps.module.css';

type Cell = (thing: DisposalThingShown) => ReactNode;

/** Volumes and papers that may be destroyed: when their retention ends, and what stands against it. */
export function ThingTable({
  things,
  leading,
  trailing,
}: {
  readonly things: readonly DisposalThingShown[];
  readonly leading?: Cell | undefined;
  readonly trailing?: Cell | undefined;
}) {
  const { t } = useText();
  const formats = useFormats();
  return (
    <table className={styles.lasting}>
      <thead>
        <tr>
          {leading !== undefined && (
            <th scope="col">
              <span className="visually-hidden">{t('disposal.marked')}</span>
            </th>
          )}
          <th scope="col">{t('binding.code')}</th>
          <th scope="col">{t('binding.paperTitle')}</th>
          <th scope="col">{t('dossiers.field.retention')}</th>
          <th scope="col">{t('disposal.endsOn')}</th>
          <th scope="col">{t('binding.papers')}</th>
          <th scope="col">{t('disposal.against')}</th>
          {trailing !== undefined && (
            <th scope="col">
              <span className="visually-hidden">{t('binding.acts')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {things.map((thing) => (
          <tr key={thing.code}>
            {leading !== undefined && <td>{leading(thing)}</td>}
            <td>
              <ClassTab value={thing.class} markOnly /> {thing.code}
            </td>
            <td>{thing.title}</td>
            <td>{retentionText(thing.retention, t)}</td>
            <td>
              {formats.day(thing.endsOn)}
              {thing.extendedUntil !== null && <span className={styles.soft}> {t('disposal.extended')}</span>}
            </td>
            <td>
              {t('disposal.extent', { papers: formats.number(thing.papers), pages: formats.number(thing.pages) })}
            </td>
            <td>
              {thing.listed !== null && <Tag tone="lake">{thing.listed}</Tag>}{' '}
              {thing.blockers.map(({ reason, detail }) => (
                <Tag key={reason} tone={reason === 'notExpired' ? 'plain' : 'amber'}>
                  {[t(`disposal.reason.${reason}`), reason === 'notExpired' ? '' : detail]
                    .filter((part) => part !== '')
                    .join(' ')}
                </Tag>
              ))}
            </td>
            {trailing !== undefined && <td>{trailing(thing)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
