import { cpSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { archiveMigrations } from '../../electron/services/archive-schema.ts';
import { PRACTICE_KEEPER } from '../../electron/services/practice/practice-people.ts';
import { migrate } from '../../electron/store/migrate.ts';
import { openDesk } from './bench-desk.ts';
import { type Counts, countsFor, MODEL_CARDS, multiply } from './bench-fill.ts';
import { timed } from './bench-measure.ts';
import { openUnencrypted } from './bench-plain.ts';

interface Wanted {
  readonly folder: string;
  /** File of the archive process. */
  readonly entry: string;
  readonly cards: number;
  /** Filled archives are kept there for the next run. */
  readonly archives?: string | undefined;
  /** Other numbers of rows than in proportion to the cards. */
  readonly counts?: Partial<Counts> | undefined;
}

export interface FilledArchive {
  readonly directory: string;
  readonly plainPath: string;
  /** True: it is a kept one itself, too large to be copied; it keeps what is measured on it. */
  readonly inPlace: boolean;
}

/** Larger ones are measured where they are kept: copying tens of gigabytes takes longer than measuring. */
const COPIED_UP_TO = 200_000;

/** A filled archive with its plain copy, from the kept ones if it is there, else made and kept. */
export async function filledArchive(
  { folder, entry, cards, archives, counts }: Wanted,
  say: (line: string) => void,
): Promise<FilledArchive> {
  const inPlace = archives !== undefined && cards > COPIED_UP_TO;
  const at = (place: string) => ({
    directory: join(place, `filled-${cards}`),
    plainPath: join(place, `filled-${cards}.db`),
  });
  const kept = archives === undefined ? undefined : at(archives);
  const used = inPlace && kept !== undefined ? kept : at(folder);
  const login = { directory: used.directory, login: PRACTICE_KEEPER.login, secret: PRACTICE_KEEPER.secret };
  // The plain copy gets its name last: half an archive is none.
  if (kept !== undefined && existsSync(kept.plainPath)) {
    if (!inPlace) {
      cpSync(kept.directory, used.directory, { recursive: true });
      cpSync(kept.plainPath, used.plainPath);
    }
    // It may be of an earlier version of the program: opening brings it up, and the plain copy beside it.
    const opener = openDesk(entry);
    await opener.call('archive.unlock', login);
    await opener.close();
    bringUp(used.plainPath);
    return { ...used, inPlace };
  }
  say(`${cards} cards: filling an archive …`);
  const filling = await timed(async () => {
    const filler = openDesk(entry);
    await filler.call('archive.practice', {
      directory: used.directory,
      customers: Math.min(cards, MODEL_CARDS),
      seed: 2026,
      scans: false,
      year: new Date().getFullYear(),
    });
    await filler.close();
    await multiply(login, `${used.plainPath}.part`, countsFor(cards, counts), say);
    renameSync(`${used.plainPath}.part`, used.plainPath);
    // The first unlock verifies the log from its beginning and anchors it.
    const opener = openDesk(entry);
    await opener.call('archive.unlock', login);
    await opener.close();
  });
  say(`${cards} cards: filled in ${(filling / 1000).toFixed(0)} s`);
  if (kept !== undefined && !inPlace) {
    cpSync(used.directory, kept.directory, { recursive: true });
    cpSync(used.plainPath, kept.plainPath);
  }
  return { ...used, inPlace };
}

function bringUp(plainPath: string): void {
  const plain = openUnencrypted(plainPath);
  try {
    const target = {
      exec: (sql: string) => void plain.exec(sql),
      pragma: (name: string) => plain.pragma(name) as unknown[],
      get inTransaction() {
        return plain.inTransaction;
      },
    };
    migrate(target, Number(plain.pragma('user_version', { simple: true })), archiveMigrations);
  } finally {
    plain.close();
  }
}
