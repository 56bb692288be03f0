import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { CommandContext } from './command.ts';

type RefusedRow = OutputOf<'imports.apply'>['refused'][number];

/** Refused rows of a table with their reasons in words. */
export const described = (context: CommandContext, refused: readonly RefusedRow[]) =>
  refused.map(({ row, field, value, message, params }) => ({
    row,
    field,
    value,
    message: context.text(message, { ...params, value }),
  }));

/** The same, a line each. */
export const lines = (context: CommandContext, refused: readonly RefusedRow[]) =>
  described(context, refused).map((row) =>
    context.text('cli.refusedRow', { row: row.row, field: row.field, value: row.value, message: row.message }),
  );
