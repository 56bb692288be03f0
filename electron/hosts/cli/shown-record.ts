import type { Card } from '../../../shared/contract/customers.ts';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { fieldAt, fieldWords } from '../../../shared/domain/form-fields.ts';
import type { FieldDefinition } from '../../../shared/domain/forms/field.ts';
import { formsWith } from '../../../shared/domain/forms/own-fields.ts';
import { type ValueWords, valueText } from '../../../shared/domain/forms/value-text.ts';
import { paperFacts } from '../../../shared/domain/paper-facts.ts';
import { groupDigits } from '../../../shared/util/group-digits.ts';
import { fieldLabels } from './card-labels.ts';
import type { CommandContext } from './command.ts';

/** Cards and papers as people read them in a terminal. */

/** Days and amounts as they are stored, names by the staff register. */
async function valueWords(context: CommandContext): Promise<ValueWords> {
  const { staff } = await context.call('staff.list', { includeInactive: true });
  return {
    t: context.text,
    formats: { day: (day) => day, money: (amount, currency) => `${currency} ${groupDigits(amount)}`.trim() },
    staffName: (id) => staff.find((member) => member.id === id)?.name,
  };
}

const line = (context: CommandContext, label: string, text: string): string =>
  context.text('cli.labelled', { label, text });

/** The filled fields of a card, one a line; a list has its entries under it, one a line. */
export async function cardLines(
  context: CommandContext,
  card: { readonly kind: Card['kind']; readonly fields: Card['values'] },
): Promise<string[]> {
  const { kind } = card;
  const forms = formsWith(await context.call('forms.get', {}));
  const label = await fieldLabels(context, kind);
  const words = await valueWords(context);
  const entry = (list: FieldDefinition, item: Readonly<Record<string, unknown>>): string =>
    (list.itemFields ?? [])
      .map((part) => [
        fieldWords(kind, `${list.key}.${part.key}`, context.text, forms),
        valueText(part, item[part.key], words),
      ])
      .filter(([, text]) => text !== '')
      .map(([name = '', text = '']) => line(context, name, text))
      .join(context.text('cli.partSeparator'));
  return Object.entries(card.fields).flatMap(([key, value]) => {
    const field = fieldAt(kind, key, forms);
    if (field?.type === 'list' && Array.isArray(value))
      return [
        line(context, label(key), context.text('form.entries', { count: value.length })),
        ...value.map((item, index) => `  ${index + 1}. ${entry(field, item as Readonly<Record<string, unknown>>)}`),
      ];
    // Of a field that the form no longer has the stored value is all that is known.
    const text = field === undefined ? String(value) : valueText(field, value, words);
    return text === '' ? [] : [line(context, label(key), text)];
  });
}

/** What the catalogue entry of a paper says, one fact a line; who has it, while it is lent. */
export async function paperLines(context: CommandContext, paper: Paper): Promise<string[]> {
  const { text } = context;
  const { loan } = paper;
  const standing = [
    text(`documentType.${paper.type}`),
    text(paper.original ? 'paper.original' : 'paper.copy'),
    text(`option.securityLevel.${paper.security}`),
    text(`dossiers.state.${paper.state}`),
  ];
  return [
    `  ${standing.join(text('form.listSeparator'))}`,
    ...(loan === null
      ? []
      : [`  ${text('cli.lentTo', { number: loan.loanNumber, name: loan.borrower, due: loan.due })}`]),
    ...paperFacts(paper, await valueWords(context)).map(([label, fact]) => `  ${line(context, label, fact)}`),
  ];
}
