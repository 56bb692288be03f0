import type { MessageParams } from '../../errors/app-error.ts';

/** What became of a table cell: a value, or a message key (`validation.cell…`) with its parameters. */
export type CellResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly params?: MessageParams };

export const accepted = <Value>(value: Value): CellResult<Value> => ({ ok: true, value });

export const refused = (
  reason: string,
  text: string,
): { readonly ok: false; readonly message: string; readonly params: MessageParams } => ({
  ok: false,
  message: `validation.cell.${reason}`,
  params: { value: text.length > 60 ? `${Array.from(text).slice(0, 59).join('')}…` : text },
});
