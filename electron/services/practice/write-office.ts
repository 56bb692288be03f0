import type { OfficeInventory } from '../../../shared/contract/people.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import { addDays } from '../../../shared/util/days.ts';
import { takeSequence } from '../../store/number-sequence.ts';
import { insertOfficeHandover } from '../../store/office.ts';
import type { Writer } from '../../store/sql.ts';
import { inventoryHash } from '../office-inventory.ts';
import { PRACTICE_KEEPER } from './practice-people.ts';

const BEFORE = { login: 'former', displayName: '周守誠' };
/** Days before today on which the present keeper took the office. */
const DAYS_AGO = 412;

/** The present keeper took the office from the one before, in front of the supervisor (M3). */
export function writeOfficeHandover(
  sql: Writer,
  today: string,
  supervisor: { readonly login: string; readonly name: string },
): void {
  const day = addDays(today, -DAYS_AGO);
  const counted = (key: string, count: number) => ({ key, count, items: [] });
  const content: Omit<OfficeInventory, 'sha256'> = {
    archive: PRACTICE_KEEPER.archiveName,
    institution: '',
    vaultId: '',
    day,
    keeper: BEFORE,
    sections: [
      counted('enterprises', 41),
      counted('individuals', 9),
      counted('papers', 386),
      counted('originals', 97),
      counted('pages', 1_214),
      counted('volumes', 0),
      {
        key: 'openLoans',
        count: 1,
        items: [
          { number: `JY-${day.slice(0, 4)}-0031`, title: '供貨合同影本', detail: `業務二部 · ${addDays(day, 9)}` },
        ],
      },
      counted('openCopies', 0),
    ],
  };
  const year = Number(day.slice(0, 4));
  insertOfficeHandover(sql, {
    number: formatNumber(DEFAULT_PATTERNS.handover, takeSequence(sql, `handover-${year}`), year),
    at: `${day}T03:20:00.000Z`,
    from_login: BEFORE.login,
    from_name: BEFORE.displayName,
    to_login: PRACTICE_KEEPER.login,
    to_name: PRACTICE_KEEPER.displayName,
    supervisor_login: supervisor.login,
    supervisor_name: supervisor.name,
    inventory: JSON.stringify(content),
    sha256: inventoryHash(content),
    differences: '第 2 號櫃第 3 層短少空白活頁夾兩個，已補購。',
    remarks: '櫃鑰匙兩副、復原金鑰信封兩份（總經理室、銀行保管箱）一併移交。',
    audit_sequence: 0,
  });
}
