import { AppError } from '../../shared/errors/app-error.ts';
import { exportOrders, insertExportOrder, setWaiver } from '../store/papers.ts';
import type { HandlersOf } from './context.ts';
import { getCustomer } from './customers.ts';
import { recountDossier, typeOf } from './paper-record.ts';
import { todayOf } from './today.ts';

/** Why a paper need not be there (D1), and orders whose four papers may not be missing (D4). */
export const dossierGapHandlers: HandlersOf<'dossiers.waive' | 'dossiers.addExportOrder'> = {
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
};
