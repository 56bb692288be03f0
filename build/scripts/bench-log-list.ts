import { PRACTICE_KEEPER } from '../../electron/services/practice/practice-people.ts';
import type { BenchDesk } from './bench-desk.ts';
import type { Figure } from './bench-measure.ts';
import { each } from './bench-scale.ts';

/** The list of the log, as the log view asks for it and as the command line does. */

const ROWS = 100;

/** First rows and end of the log by each of its usual columns, narrowed to what it is looked for by, and by name of a record. */
export async function listsOfTheLog(desk: BenchDesk): Promise<Figure[]> {
  const rows = (input: object) => () =>
    desk.call('lists.rows', { list: 'audit', limit: ROWS, count: 'enough', ...input });
  const { total } = await desk.call('lists.rows', { list: 'audit', limit: 1 });
  const { entries } = await desk.call('audit.list', { limit: 1, type: 'card.view' });
  const day = entries[0]?.ts.slice(0, 'YYYY-MM-DD'.length) ?? '';
  const is = (field: string, value: string) => ({ filter: [{ field, is: 'is' as const, values: [value] }] });
  const by = (sort: string) => ({
    [`by ${sort}`]: rows({ sort }),
    [`by ${sort}, end`]: rows({ sort, offset: Math.max(0, total - ROWS) }),
  });
  const listed = (input: object) => () => desk.call('audit.list', { limit: ROWS, ...input });
  const size = `${total.toLocaleString('en')} entries`;
  return [
    await each(`the log (${size}): first rows and end`, {
      ...Object.assign({}, ...['seq', 'at', 'actor', 'type', 'object', 'outcome'].map(by)),
      newest: listed({}),
    }),
    await each('– narrowed to a type, a person, an outcome, a day, a record', {
      type: rows(is('type', 'card.change')),
      'most frequent type': rows(is('type', 'card.view')),
      person: rows(is('actor', PRACTICE_KEEPER.login)),
      refused: rows(is('outcome', 'refused')),
      'not refused': rows({ filter: [{ field: 'outcome', is: 'isNot', values: ['refused'] }] }),
      day: rows(is('at', day)),
      'since a day': rows({ filter: [{ field: 'at', is: 'atLeast', values: [day] }] }),
      'a card by its number': rows({ filter: [{ field: 'object', is: 'startsWith', values: ['customer:E000123'] }] }),
      'most frequent type, asked by the command line': listed({ type: 'card' }),
      'a person, since a day, asked by the command line': listed({ actor: PRACTICE_KEEPER.login, from: day }),
      'a card, asked by the command line': listed({ object: 'customer:E000123' }),
    }),
    await each('– narrowed by a typed text: first rows', {
      'what many have': rows({ text: 'card' }),
      'a number': rows({ text: 'E000123' }),
    }),
  ];
}
