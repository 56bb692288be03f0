import type { Card } from '../../../shared/contract/customers.ts';
import { fieldAt, fieldWords } from '../../../shared/domain/form-fields.ts';
import { formsWith } from '../../../shared/domain/forms/own-fields.ts';
import type { CommandContext } from './command.ts';

/** What the fields of a card are called, the keeper's own and the card's control among them. */
export async function fieldLabels(context: CommandContext, kind: Card['kind']): Promise<(field: string) => string> {
  const forms = formsWith(await context.call('forms.get', {}));
  return (field) =>
    fieldAt(kind, field, forms) === undefined
      ? context.text(`field.control.${field}`)
      : fieldWords(kind, field, context.text, forms);
}

/** What the filled fields of a card are called. */
export async function cardLabels(context: CommandContext, card: Card): Promise<Record<string, string>> {
  const label = await fieldLabels(context, card.kind);
  return Object.fromEntries(Object.keys(card.values).map((key) => [key, label(key)]));
}
