import { IconCopy, IconFileOff } from '@tabler/icons-react';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import styles from './paper.module.css';

/** Blank pages and doubles by content that were found in a paper's scans, and the table where they can be left out (D8). */
export function ScanFindings({ paper, onArrange }: { readonly paper: Paper; readonly onArrange: () => void }) {
  const { t } = useText();
  const found = useArchiveQuery('scans.findings', { customer: paper.customer }, { enabled: paper.scans.length > 0 });
  const blank = (found.data?.blank ?? []).filter(({ code }) => code === paper.code);
  const doubles = (found.data?.same ?? []).flatMap(({ kind, places }) => {
    const own = places.filter(({ code }) => code === paper.code);
    const [first] = own;
    if (first === undefined) return [];
    const others = places.filter((place) => place !== first);
    return [{ kind, first, others }];
  });
  if (blank.length + doubles.length === 0) return null;
  return (
    <div className={styles.findings}>
      <ul>
        {blank.map(({ scan, name, page }) => (
          <li key={`${scan} ${page}`}>
            <IconFileOff size={14} aria-hidden /> {t('scanFindings.blank', { name, page })}
          </li>
        ))}
        {doubles.map(({ kind, first, others }) => (
          <li key={`${kind} ${first.scan} ${first.page}`}>
            <IconCopy size={14} aria-hidden />{' '}
            {t(`scanFindings.${kind}`, {
              name: first.name,
              page: first.page,
              others: others.map(({ code, name }) => (code === paper.code ? name : `${code} ${name}`)).join('、'),
            })}
          </li>
        ))}
      </ul>
      <Button size="small" kind="quiet" onClick={onArrange}>
        {t('scanPages.open')}
      </Button>
    </div>
  );
}
