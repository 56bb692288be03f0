import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import type { BinderActs } from './binder.tsx';
import { gapKey } from './binder-rows.ts';
import { type Dossier, type DossierPart, ORDER_TYPES, type RowAct } from './dossier-types.ts';
import styles from './order.module.css';
import { type OrderCell, orderMatrix } from './order-matrix.ts';
import { RowActForm } from './row-act-form.tsx';

/** Direct-export orders against their four documents: none may be missing (D4). */
export function OrderTable({
  dossier,
  part,
  acts,
  act,
}: {
  readonly dossier: Dossier;
  readonly part: DossierPart;
  readonly acts: BinderActs;
  readonly act: RowAct | null;
}) {
  const { t } = useText();
  const formats = useFormats();
  const lines = orderMatrix({
    orders: dossier.exportOrders,
    papers: part.papers,
    waivers: dossier.waivers,
    types: ORDER_TYPES,
  });
  const incomplete = lines.filter((line) => line.missing > 0).length;
  return (
    <section className={styles.orders} aria-label={t('dossiers.orders')}>
      <header className={styles.head}>
        <h2>{t('dossiers.orders')}</h2>
        <span className={styles.sum}>
          {lines.length === 0
            ? null
            : incomplete === 0
              ? t('dossiers.ordersWhole', { count: lines.length })
              : t('dossiers.ordersIncomplete', { count: incomplete, total: lines.length })}
        </span>
        {acts.mayChange && (
          <Button size="small" icon={IconPlus} onClick={acts.addOrder}>
            {t('dossiers.addOrder')}
          </Button>
        )}
      </header>
      {lines.length === 0 ? (
        <p className={styles.none}>{t('dossiers.noOrders')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('dossiers.order.number')}</th>
              <th scope="col">{t('dossiers.order.date')}</th>
              {ORDER_TYPES.map((type) => (
                <th key={type} scope="col">
                  {t(`documentType.${type}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.orderNumber}>
                <th scope="row">
                  {line.orderNumber}
                  {line.description !== '' && <span className={styles.description}>{line.description}</span>}
                </th>
                <td>{formats.day(line.date)}</td>
                {line.cells.map((cell) => (
                  <td key={cell.type} data-state={cell.state}>
                    <Cell cell={cell} order={line.orderNumber} acts={acts} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {act?.kind === 'waive' && act.exportOrder !== null && (
        <div className={styles.act}>
          <p>
            {act.exportOrder} · {t(`documentType.${act.type}`)}
          </p>
          <RowActForm key={act.row} act={act} dossier={dossier} onDone={() => acts.act(null)} />
        </div>
      )}
    </section>
  );
}

function Cell({ cell, order, acts }: { readonly cell: OrderCell; readonly order: string; readonly acts: BinderActs }) {
  const { t } = useText();
  if (cell.state === 'filed') {
    const [first] = cell.papers;
    return (
      <button type="button" className={styles.filed} onClick={() => first !== undefined && acts.showPaper(first.code)}>
        <IconCheck size={14} aria-hidden />
        {cell.papers.length > 1
          ? t('dossiers.order.filedMany', { count: cell.papers.length })
          : t('dossiers.order.filed')}
        {first?.state === 'lent' && <Tag tone="amber">{t('dossiers.state.lent')}</Tag>}
      </button>
    );
  }
  if (cell.state === 'waived')
    return (
      <span className={styles.waived} title={cell.reason}>
        {t('waiver.notApplicable')}
        <span className="visually-hidden">{cell.reason}</span>
      </span>
    );
  if (!acts.mayChange) return <span className={styles.missing}>{t('dossiers.order.missing')}</span>;
  return (
    <span className={styles.missingCell}>
      <button
        type="button"
        className={styles.missing}
        title={t('dossiers.fileIt')}
        onClick={() => acts.add({ class: 4, type: cell.type, exportOrder: order })}
      >
        {t('dossiers.order.missing')}
      </button>
      <button
        type="button"
        className={styles.waive}
        onClick={() =>
          acts.act({
            kind: 'waive',
            row: gapKey({ class: 4, type: cell.type, exportOrder: order, since: null }),
            type: cell.type,
            exportOrder: order,
          })
        }
      >
        {t('dossiers.order.waive')}
      </button>
    </span>
  );
}
