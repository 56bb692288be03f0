import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Texts } from '../../i18n/use-text.ts';

/** What a finding says in detail, in words: document types, a misfiling's reason with the other paper; else as it is. */
export function findingDetail(
  { kind, detail }: Pick<OutputOf<'archiveYears.findings'>['findings'][number], 'kind' | 'detail'>,
  { t }: Pick<Texts, 't'>,
): string {
  if (kind === 'missingPaper' || kind === 'exportSet')
    return detail
      .split(',')
      .map((type) => t(`documentType.${type}`))
      .join(t('binding.and'));
  if (kind !== 'misfiled') return detail;
  const [reason = '', ...other] = detail.split(':');
  return [t(`misfiling.${reason}`), ...other].join(' ');
}
