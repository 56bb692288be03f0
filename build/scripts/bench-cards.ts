import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { similarCards } from '../../electron/services/customer-keys.ts';
import { deskHandlers } from '../../electron/services/desk.ts';
import { PRACTICE_KEEPER } from '../../electron/services/practice/practice-people.ts';
import { foldForSearch, readingsOfName } from '../../electron/store/search-text.ts';
import { deriveFromSecret } from '../../electron/vault/kdf.ts';
import { PRODUCTION_KDF } from '../../electron/vault/vault.ts';
import { STANDARD_FORMS } from '../../shared/domain/form-fields.ts';
import { filledArchive } from './bench-archives.ts';
import { type BenchDesk, openDesk, waitsDuring } from './bench-desk.ts';
import { type Counts, HISTORY_YEARS } from './bench-fill.ts';
import { bareCard, oldCardNumbers, openOldCards } from './bench-history.ts';
import { importRows, tableOfCustomers } from './bench-import-beside.ts';
import { listsOfTheLog } from './bench-log-list.ts';
import { below, type Figure, figureLine, longestAtMost, p95AtMost, p95AtMostTimes, timed } from './bench-measure.ts';
import { openPlain, type PlainArchive } from './bench-plain.ts';
import { analyses, backup, chainOfLog, listsOfEveryOrder } from './bench-scale.ts';
import { storagePerCard } from './bench-storage.ts';
import { openToday } from './bench-today.ts';
import { measureWindow } from './bench-window.ts';

const SAVES = 200;
const OPENED_CARDS = 200;
const SEARCHED_NAMES = 30;
const UNLOCKS = 3;
/** Of a large archive one verification takes a minute and a half. */
const verifications = (cards: number): number => (cards > 50_000 ? 1 : 3);
const SHOWN_HITS = 20;
const TYPING_MS = 2_000;
const OLD_CARDS_IN_WINDOW = 6;
const ARCHIVE_MB = 400;
interface CardsToMeasure {
  /** Worked in and left empty. */
  readonly folder: string;
  /** File of the archive process. */
  readonly entry: string;
  readonly cards: number;
  /** Filled archives are kept there for the next run; filling a hundred thousand cards takes longer than all that is measured. */
  readonly archives?: string | undefined;
  readonly traces?: string | undefined;
  /** Other numbers of rows than in proportion to the cards. */
  readonly counts?: Partial<Counts> | undefined;
  /** False: what is measured in the window is left out; `only`: everything else is. */
  readonly window: boolean | 'only';
}

/** Everything about cards at one size of the archive. */
export async function measureCards(
  { folder, entry, cards, archives, traces, counts, window }: CardsToMeasure,
  say: (line: string) => void,
): Promise<Figure[]> {
  const year = new Date().getFullYear();
  const { directory, plainPath, inPlace } = await filledArchive({ folder, entry, cards, archives, counts }, say);
  const login = { directory, login: PRACTICE_KEEPER.login, secret: PRACTICE_KEEPER.secret };

  const figures: Figure[] = [];
  const take = (...measured: Figure[]): void => {
    figures.push(...measured);
    for (const figure of measured) say(`  ${figureLine(figure)}`);
  };
  take(...storagePerCard(plainPath, cards));
  const plain = openPlain(plainPath);
  let desk: BenchDesk | undefined;
  const inWindow = async (rows: Parameters<typeof typedTexts>[0]): Promise<void> => {
    say(`${cards} cards: watching the window …`);
    const { connection } = plain;
    const work = {
      folder,
      login,
      words: Object.values(typedTexts(rows)).map((texts) => texts.at(-1) ?? ''),
      table: tableOfCustomers(plain),
      oldCards: oldCardNumbers(connection).slice(0, OLD_CARDS_IN_WINDOW),
      bareCard: (number: string) => bareCard(connection, number),
      verified: !inPlace,
      traces,
    };
    try {
      await measureWindow(work, take, say);
    } catch (thrown) {
      // Ten minutes of figures are not lost because the last part failed.
      say(`${cards} cards: the window could not be measured: ${String(thrown)}`);
      process.exitCode = 1;
    }
  };
  try {
    if (window !== 'only') take(...(await unlockToDesk(entry, login, plainPath)));
    desk = openDesk(entry);
    await desk.call('session.current', {});
    // Somebody types a secret.
    await wait(TYPING_MS);
    await desk.call('archive.unlock', login);
    const sample = await desk.call('customers.list', { limit: 200, sort: 'updatedAt' });
    if (window === 'only') {
      await desk.close();
      await inWindow(sample.rows);
      return figures;
    }
    say(`${cards} cards: searching, opening, saving …`);
    const numbers = sample.rows.map((row) => row.number);
    const watched = desk;
    const peaks: { readonly act: string; readonly highest: number }[] = [];
    const act = async (name: string, work: (desk: BenchDesk) => Promise<Figure | Figure[]>): Promise<void> => {
      take(...[await work(watched)].flat());
      const highest = watched.memory()?.highest;
      if (highest === undefined) return;
      peaks.push({ act: name, highest });
      watched.forgetHighest();
    };
    await act('unlocking and what is to be done today', (d) =>
      openToday(d, plain, `${Math.round(cards / 5).toLocaleString('en')} loans`),
    );
    await act('searching', (d) => searchAsTyped(d, plain, sample.rows));
    await act('narrowing the list', (d) => narrowList(d, sample.rows));
    await act('finding doubles', (d) => doublesAsTyped(d, plain, sample.rows));
    await act('opening cards', (d) => openCards(d, plain, numbers));
    await act('paging', (d) => listPages(d, plain, cards));
    await act('opening old cards', (d) => openOldCards(d, plain, HISTORY_YEARS));
    await act('lists of every order', (d) => listsOfEveryOrder(d, plain, cards));
    await act('lists of the log', listsOfTheLog);
    await act('analyses', (d) => analyses(d, plain, year));
    await act('saving', (d) => saveCards(d, plain, numbers));
    say(`${cards} cards: binding, importing, verifying …`);
    await act('binding', (d) => bindWhileAsked(d, year));
    await act('importing', (d) => importRows(d, plain));
    if (inPlace) say('  verify not measured: every page of an archive of this size takes half an hour to read');
    else await act('verifying', (d) => verify(d, plain, verifications(cards)));
    say(`${cards} cards: backing up …`);
    await act('backing up', (d) => backup(d, plain, folder, plainPath, say));
    take(...memoryOf(watched, peaks));
    await desk.close();
    take(await chainOfLog(login));
    if (window) await inWindow(sample.rows);
  } finally {
    plain.close();
    await desk?.close();
    for (const path of inPlace ? [] : [directory, plainPath, `${plainPath}-wal`, `${plainPath}-shm`])
      rmSync(path, { recursive: true, force: true });
  }
  return figures;
}

/** Of the archive process: at the end, and at the highest of all acts, with the act that took it there. */
function memoryOf(desk: BenchDesk, peaks: readonly { readonly act: string; readonly highest: number }[]): Figure[] {
  const [top] = peaks.toSorted((one, other) => other.highest - one.highest);
  const memory = desk.memory();
  if (memory === undefined || top === undefined) return [];
  return [
    { name: 'memory of the archive process at the end', unit: 'MB', samples: [memory.now] },
    {
      name: 'memory of the archive process, highest',
      note: `while ${top.act}`,
      unit: 'MB',
      samples: [top.highest],
      target: longestAtMost(ARCHIVE_MB, 'MB'),
    },
  ];
}

async function unlockToDesk(
  entry: string,
  login: { directory: string; login: string; secret: string },
  plainPath: string,
): Promise<Figure[]> {
  const starts: number[] = [];
  const whole: number[] = [];
  const derivation: number[] = [];
  const baseline: number[] = [];
  for (let run = 0; run < UNLOCKS; run += 1) {
    const call = { ...PRODUCTION_KDF, salt: systemRandom.bytes(16) };
    derivation.push(await timed(() => deriveFromSecret(login.secret, call)));
    const desk = openDesk(entry);
    // What the lock screen asks while somebody is about to type.
    starts.push(await timed(() => desk.call('session.current', {})));
    whole.push(
      await timed(async () => {
        await desk.call('archive.unlock', login);
        await desk.call('desk.overview', {});
      }),
    );
    await desk.close();
    baseline.push(
      await timed(() => {
        const plain = openPlain(plainPath);
        const audit = { size: () => 1, head: () => ({ chain: '' }), list: () => ({ entries: [], total: 0 }) };
        // The overview asks no more of a context than this.
        const context = { sql: plain.writer, clock: systemClock, actor: { role: 'keeper' }, archive: { audit } };
        deskHandlers['desk.overview'].run(context as never, {});
        plain.close();
      }),
    );
  }
  const withoutDerivation = whole.map((sample, run) => sample - (derivation[run] ?? 0));
  return [
    { name: 'start of the archive process, behind the lock screen', unit: 'ms', samples: starts },
    {
      name: 'unlock to desk (secret to the overview)',
      unit: 'ms',
      samples: whole,
      baseline: { name: 'open plain SQLite, same overview', samples: baseline },
    },
    { name: '– of it Argon2id (256 MiB, 3 passes)', unit: 'ms', samples: derivation },
    { name: '– everything else', unit: 'ms', samples: withoutDerivation, target: below(300, 'ms') },
  ];
}

/** What a person types, letter by letter: names of two characters and more, initials, numbers, phones. */
function typedTexts(rows: readonly { readonly name: string; readonly number: string; readonly phone: string }[]) {
  const prefixes = (text: string, from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.min(to, [...text].length) - from + 1) }, (_, at) =>
      [...text].slice(0, from + at).join(''),
    );
  const chosen = rows.filter((_, at) => at % Math.ceil(rows.length / SEARCHED_NAMES) === 0);
  return {
    'two characters of a name and on': chosen.flatMap(({ name }) => prefixes(name, 2, 5)),
    'initials of a name': chosen.flatMap(({ name }) => prefixes(readingsOfName(name).initials[0] ?? '', 2, 5)),
    number: chosen.flatMap(({ number }) => prefixes(number, 2, 7)),
    phone: chosen.flatMap(({ phone }) => prefixes(phone, 3, 8)),
  };
}

async function searchAsTyped(
  desk: BenchDesk,
  plain: PlainArchive,
  rows: Parameters<typeof typedTexts>[0],
): Promise<Figure[]> {
  const all: number[] = [];
  const allPlain: number[] = [];
  const parts: Figure[] = [];
  let first: number | undefined;
  for (const [what, texts] of Object.entries(typedTexts(rows))) {
    const samples: number[] = [];
    const baseline: number[] = [];
    for (const text of texts) {
      const took = await timed(() => desk.call('search.find', { text, limit: SHOWN_HITS }));
      first ??= took;
      samples.push(took);
      baseline.push(await timed(() => plain.search(text, SHOWN_HITS)));
    }
    all.push(...samples);
    allPlain.push(...baseline);
    parts.push({ name: `– ${what}`, unit: 'ms', samples, baseline: { name: 'plain SQLite', samples: baseline } });
  }
  return [
    {
      name: 'search as typed (with its entry in the log)',
      unit: 'ms',
      samples: all,
      baseline: { name: 'same index on plain SQLite, no log', samples: allPlain },
      target: p95AtMost(16, 'ms'),
    },
    ...parts,
    { name: '– the first one after unlocking', unit: 'ms', samples: first === undefined ? [] : [first] },
  ];
}

/** The list of cards, narrowed as somebody types into its own box. */
async function narrowList(desk: BenchDesk, rows: Parameters<typeof typedTexts>[0]): Promise<Figure> {
  const samples: number[] = [];
  const texts = Object.values(typedTexts(rows)).flat();
  for (const text of texts.filter((_, at) => at % 4 === 0))
    samples.push(await timed(() => desk.call('customers.list', { text, limit: 100 })));
  return { name: 'narrow the list as typed', unit: 'ms', samples };
}

/** What a new card sends while it is typed: the name letter by letter, then the phone; half of the names are in other characters. */
async function doublesAsTyped(
  desk: BenchDesk,
  plain: PlainArchive,
  rows: Parameters<typeof typedTexts>[0],
): Promise<Figure> {
  const samples: number[] = [];
  const baseline: number[] = [];
  const chosen = rows.filter((_, at) => at % Math.ceil(rows.length / SEARCHED_NAMES) === 0);
  for (const [at, { name, phone }] of chosen.entries()) {
    const registeredName = at % 2 === 0 ? foldForSearch(name) : name;
    const letters = [...registeredName];
    const typed = letters.slice(1).map((_, end) => ({ registeredName: letters.slice(0, end + 2).join('') }));
    for (const values of [...typed, { registeredName, telephone: phone }]) {
      samples.push(await timed(() => desk.call('customers.similar', { kind: 'enterprise', values })));
      baseline.push(
        await timed(() =>
          similarCards(plain.writer, 'enterprise', values, { except: undefined, forms: STANDARD_FORMS }),
        ),
      );
    }
  }
  return {
    name: 'doubles while a card is typed (names, codes, phones)',
    unit: 'ms',
    samples,
    baseline: { name: 'same look-ups on plain SQLite, no process between', samples: baseline },
    target: p95AtMost(50, 'ms'),
  };
}

async function openCards(desk: BenchDesk, plain: PlainArchive, numbers: readonly string[]): Promise<Figure> {
  const samples: number[] = [];
  const baseline: number[] = [];
  for (const number of numbers.slice(0, OPENED_CARDS)) {
    samples.push(await timed(() => desk.call('customers.get', { number })));
    baseline.push(await timed(() => plain.openCard(number)));
  }
  return { name: 'open a card', unit: 'ms', samples, baseline: { name: 'SELECT on plain SQLite', samples: baseline } };
}

const SORTS = ['number', 'name', 'region', 'completeness', 'updatedAt', 'reviewDue', 'papers'] as const;

/** Pages of the list as scrolling asks for them: the first, one in the middle and the last of every order. */
async function listPages(desk: BenchDesk, plain: PlainArchive, cards: number): Promise<Figure> {
  const samples: number[] = [];
  const baseline: number[] = [];
  const columns = { updatedAt: 'updated_at', reviewDue: 'review_due' } as const;
  for (const sort of SORTS)
    for (const offset of [0, Math.floor(cards / 2), Math.max(0, cards - 200)]) {
      samples.push(await timed(() => desk.call('customers.list', { sort, offset, limit: 100 })));
      const column = sort === 'updatedAt' || sort === 'reviewDue' ? columns[sort] : sort;
      baseline.push(
        await timed(() => {
          const { connection } = plain;
          connection
            .prepare(`SELECT * FROM customer WHERE status <> 'sealed' ORDER BY ${column}, id LIMIT 100 OFFSET ?`)
            .all(offset);
          connection.prepare("SELECT count(*) FROM customer WHERE status <> 'sealed'").get();
        }),
      );
    }
  return {
    name: 'a page of the list, any order, any place',
    unit: 'ms',
    samples,
    baseline: { name: 'same rows and count on plain SQLite', samples: baseline },
  };
}

async function saveCards(desk: BenchDesk, plain: PlainArchive, numbers: readonly string[]): Promise<Figure> {
  const samples: number[] = [];
  const baseline: number[] = [];
  for (const [index, number] of numbers.slice(0, SAVES).entries()) {
    const { kind, revision } = await desk.call('customers.get', { number });
    const values = { [kind === 'enterprise' ? 'telephone' : 'mobile']: `02-2345-${String(1000 + index)}` };
    samples.push(await timed(() => desk.call('customers.update', { number, revision, values })));
    const save = plain.prepareSave(number, values);
    baseline.push(await timed(save));
  }
  return {
    name: 'save a card (durable, with history, search and log)',
    unit: 'ms',
    samples,
    baseline: { name: 'same statements on plain SQLite, one transaction', samples: baseline },
    target: p95AtMostTimes(2),
  };
}

async function bindWhileAsked(desk: BenchDesk, year: number): Promise<Figure> {
  // A preview sets a whole volume, but a benchmark can ask for it again.
  const samples = await waitsDuring(desk, () => desk.call('binding.preview', { year, class: 2, volume: 1 }));
  return { name: 'longest wait for any answer while a volume is set', unit: 'ms', samples: [Math.max(...samples)] };
}

async function verify(desk: BenchDesk, plain: PlainArchive, runs: number): Promise<Figure[]> {
  const samples: number[] = [];
  const baseline: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    samples.push((await timed(() => desk.call('audit.verify', {}))) / 1000);
    baseline.push((await timed(() => plain.verify())) / 1000);
  }
  return [
    {
      name: 'verify (log, pages, structure, references)',
      unit: 's',
      samples,
      baseline: { name: 'integrity_check on plain SQLite', samples: baseline },
    },
  ];
}
