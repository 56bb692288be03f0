import { AppError } from '../../shared/errors/app-error.ts';
import { findCustomerById } from '../store/customers.ts';
import { exportOrders, insertExportOrder, listDossiers, setWaiver } from '../store/papers.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { missingOf, recountDossier, typeOf } from './paper-record.ts';
import { todayOf } from './today.ts';

/** What dossiers lack, and why it need not be there (D1, D4, D7). */
export const dossierGapHandlers: HandlersOf<'dossiers.waive' | 'dossiers.addExportOrder' | 'dossiers.missing'> = {
  'dossiers.waive': {
    phase: 'command',
    run(context, { number, type, exportOrder, state, reason }) {
      const { sql, clock, actor } = context;
      const customer = getCustomer(sql, number);
      const kind = typeOf(type);
      if (state === 'mergedIntoLicence' && kind.key !== 'taxRegistration')
        throw new AppError('INPUT_INVALID', {
          fields: [{ path: 'state', message: 'validation.mergedIntoLicenceOnlyTax' }],
        });
      context.note({ object: `dossier:${customer.number}`, why: reason, data: { type: kind.key, state } });
      setWaiver(sql, {
        customer_id: customer.id,
        type: kind.key,
        export_order: exportOrder ?? '',
        state,
        reason,
        at: clock.now().toISOString(),
        by: actor.displayName,
      });
      recountDossier(sql, customer, todayOf(clock));
      return {};
    },
  },
  'dossiers.addExportOrder': {
    phase: 'command',
    run(context, { number, orderNumber, date, description }) {
      const { sql, clock } = context;
      const customer = getCustomer(sql, number);
      if (exportOrders(sql, customer.id).some((order) => order.order_number === orderNumber))
        throw new AppError('CONFLICT', { params: { what: 'exportOrder', number: orderNumber } });
      context.note({ object: `dossier:${customer.number}` });
      insertExportOrder(sql, { customer_id: customer.id, order_number: orderNumber, date, description });
      recountDossier(sql, customer, todayOf(clock));
      return {};
    },
  },
  'dossiers.missing': {
    phase: 'query',
    run({ sql, clock }, { class: onlyClass, offset, limit }) {
      const today = todayOf(clock);
      const rows = listDossiers(sql, { onlyMissing: true }, 0, 10_000).rows.flatMap((customer) => {
        const row = findCustomerById(sql, customer.id);
        if (row === undefined) return [];
        return missingOf(sql, row, today)
          .filter((gap) => onlyClass === undefined || gap.class === onlyClass)
          .map((gap) => ({
            number: row.number,
            name: row.name,
            class: gap.class,
            type: gap.type,
            exportOrder: gap.exportOrder ?? null,
            since: row.created_at.slice(0, 10),
          }));
      });
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
  },
};
