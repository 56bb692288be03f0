import type { CommandArguments } from './command.ts';
import { usageError } from './usage-error.ts';

/** The text of an option, or undefined. */
export function textOption({ options }: CommandArguments, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number of an option, or undefined. Throws `USAGE` for anything else. */
export function numberOption(args: CommandArguments, name: string): number | undefined {
  const text = textOption(args, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw usageError(`--${name}`);
  return Number(text);
}

/** An option that must be there. */
export function requiredOption(args: CommandArguments, name: string): string {
  const text = textOption(args, name);
  if (text === undefined) throw usageError(`--${name}`);
  return text;
}
