import type { OfficeInventory } from '../../shared/contract/people.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { PrintCommon } from '../print/print-data.ts';
import type { PrintedForm } from '../print/printer.ts';
import { findOfficeHandover } from '../store/office.ts';
import type { CommandContext } from './context.ts';
import { shownHandover } from './office.ts';
import { officeInventory } from './office-inventory.ts';
import { recordText } from './record-texts.ts';

/** Inventory of the office on paper: a draft of what stands now, or a handover as it was recorded (M3). */
export async function printOfficeHandover(
  context: CommandContext,
  base: PrintCommon,
  number: string,
): Promise<PrintedForm> {
  const { sql, printer, signal } = context;
  const row = number === '' ? undefined : findOfficeHandover(sql, number.trim().toUpperCase());
  if (number !== '' && row === undefined) throw new AppError('NOT_FOUND', { params: { what: 'handover', number } });
  const handover = row === undefined ? undefined : shownHandover(row);
  const inventory: OfficeInventory = handover?.inventory ?? (await officeInventory(context));
  const words = (key: string) => recordText(base.language, key);
  const label = (key: string) => words(`handover.section.${key}`);
  return printer.printForm(
    'officeHandover',
    {
      ...base,
      number: handover?.number ?? '',
      archive: inventory.archive,
      day: inventory.day,
      from: handover?.from.displayName ?? inventory.keeper.displayName,
      to: handover?.to.displayName ?? '',
      supervisor: handover?.supervisor.displayName ?? '',
      sha256: inventory.sha256,
      counts: inventory.sections
        .filter(({ items }) => items.length === 0)
        .map(({ key, count }) => ({ label: label(key), count })),
      parts: inventory.sections
        .filter(({ items }) => items.length > 0)
        .map(({ key, count, items }) => ({
          label: label(key),
          count,
          items: items.map((item) => ({
            number: words(item.number || 'handover.noPlace'),
            title: item.title,
            detail: words(item.detail),
          })),
        })),
      differences: handover?.differences ?? '',
      remarks: handover?.remarks ?? '',
    },
    { signal },
  );
}
