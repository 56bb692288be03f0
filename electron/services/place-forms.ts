import { parseReferenceCode } from '../../shared/domain/reference-code.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { LabelSheetForm } from '../print/label-print-data.ts';
import type { PrintCommon } from '../print/print-data.ts';
import { listPlaces } from '../store/places.ts';
import type { Reader } from '../store/sql.ts';
import { recordText } from './record-texts.ts';

/** Labels of places on label sheets (C10). */

/** Labels of one print; more places are printed by their beginning. */
const MOST_LABELS = 2_000;

const customerOf = (code: string): string => parseReferenceCode(code)?.customerNumber ?? code;

/** One label for each place whose name begins so. @throws AppError NOT_FOUND when nothing stands anywhere there */
export function shelfLabels(sql: Reader, base: PrintCommon, prefix: string): LabelSheetForm {
  const word = (key: string) => recordText(base.language, key);
  const rows = listPlaces(sql, prefix, MOST_LABELS);
  if (rows.length === 0) throw new AppError('NOT_FOUND', { params: { what: 'place', number: prefix } });
  return {
    ...base,
    title: word('kit.print.shelfLabels'),
    items: rows.map((row) => {
      const customers = [...new Set([customerOf(row.first), customerOf(row.last)])];
      return {
        kind: word('places.place'),
        title: row.place,
        lines: [
          word('places.contents')
            .replace('{{papers}}', String(row.papers))
            .replace('{{customers}}', String(row.customers)),
          row.customers <= 2 ? customers.join('、') : customers.join(' – '),
        ],
        code: row.place,
      };
    }),
  };
}
