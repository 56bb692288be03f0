import type { Card } from '../../../shared/contract/customers.ts';
import { fieldWords } from '../../../shared/domain/form-fields.ts';
import { formsWith } from '../../../shared/domain/forms/own-fields.ts';
import type { CommandContext } from './command.ts';

/** What the filled fields of a card are called, the keeper's own among them. */
export async function cardLabels(context: CommandContext, card: Card): Promise<Record<string, string>> {
  const forms = formsWith(await context.call('forms.get', {}));
  return Object.fromEntries(
    Object.keys(card.values).map((key) => [key, fieldWords(card.kind, key, context.text, forms)]),
  );
}
