import type { WholeTable } from '../store/whole-tables.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';

/** Parts of the bag, in the order in which they are explained. */
const PARTS = ['cards', 'catalogue', 'tables', 'papers', 'volumes', 'log', 'settings', 'formula'] as const;

/** The plain-language description that goes along with an exported archive, for whoever finds it without this program. */
export function describeBag(
  language: PaperLanguage,
  bag: {
    readonly name: string;
    readonly at: string;
    readonly tables: readonly (WholeTable & { readonly rows: number })[];
  },
): string {
  const say = (key: string) => recordText(language, key).replaceAll('{{name}}', bag.name).replaceAll('{{at}}', bag.at);
  return [
    say('bag.title'),
    '',
    say('bag.intro'),
    say('bag.plain'),
    say('bag.check'),
    '',
    say('bag.contents'),
    ...PARTS.map((part) => `- ${say(`bag.${part}`)}`),
    '',
    say('bag.tableList'),
    ...bag.tables.map(({ name, columns, rows }) => `- ${name} (${rows}): ${columns.join(', ')}`),
    '',
  ].join('\n');
}
