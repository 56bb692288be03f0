import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import styles from '../dealings/dealings.module.css';
import { Tag } from '../text/tag.tsx';

/** A score sheet: every measure with its figure, weight and points (G1). */
export function ScoreTable({ sheet }: { readonly sheet: OutputOf<'credit.assess'>['sheet'] }) {
  const { t } = useText();
  const formats = useFormats();
  return (
    <>
      <p>
        {t('credit.scoreToday', { score: sheet.score / 100, grade: sheet.grade.toUpperCase() })}{' '}
        {sheet.vetoes.map(({ veto, highest }) => (
          <Tag key={veto} tone="seal">
            {t('creditPaper.capped', { veto: t(`creditPaper.veto.${veto}`), grade: highest.toUpperCase() })}
          </Tag>
        ))}
      </p>
      <table className={styles.table} aria-label={t('creditPaper.scorecard')}>
        <thead>
          <tr>
            {(['measure', 'figure', 'weight', 'share', 'points'] as const).map((key) => (
              <th key={key} scope="col" className={key === 'measure' ? undefined : styles.end}>
                {t(`creditPaper.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.items.map((item) => (
            <tr key={item.measure}>
              <td>{t(`creditPaper.measures.${item.measure}`)}</td>
              <td className={styles.end}>
                {item.value === null ? t('creditPaper.noFigure') : formats.number(item.value)}
              </td>
              <td className={styles.end}>{item.weight}</td>
              <td className={styles.end}>{item.share}%</td>
              <td className={styles.end}>{formats.number(item.points / 100)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
