import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { locale, type RecentVault, recentVault } from '../../shared/contract/host.ts';
import { replaceDurably } from '../platform/durable-files.ts';

/**
 * What the host remembers between starts, outside any archive: language, archives opened last,
 * place of the window. Nothing of an archive's content.
 */
const settingsSchema = z.object({
  locale: locale.nullable().catch(null),
  recentVaults: z.array(recentVault).max(20).catch([]),
  window: z
    .object({ x: z.int().optional(), y: z.int().optional(), width: z.int().min(400), height: z.int().min(300) })
    .nullable()
    .catch(null),
});
export type HostSettings = z.infer<typeof settingsSchema>;

export interface HostSettingsFile {
  readonly current: HostSettings;
  /** Durable when it resolves. Later calls wait for earlier ones. */
  update(change: Partial<HostSettings>): Promise<void>;
}

const EMPTY: HostSettings = { locale: null, recentVaults: [], window: null };

function read(file: string): HostSettings {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing or damaged: these are conveniences, and no archive depends on them.
    return EMPTY;
  }
}

/** Opens `host.json` in the data folder, which is created (owner only) when missing. */
export function openHostSettings(dataFolder: string): HostSettingsFile {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'host.json');
  let current = read(file);
  let lastWrite: Promise<void> = Promise.resolve();
  return {
    get current() {
      return current;
    },
    update(change) {
      current = { ...current, ...change };
      const text = `${JSON.stringify(current, null, 2)}\n`;
      lastWrite = lastWrite.catch(() => {}).then(() => replaceDurably(file, text));
      return lastWrite;
    },
  };
}

/** `opened` at the head, no folder twice, at most twenty. */
export function withRecentVault(list: readonly RecentVault[], opened: RecentVault): RecentVault[] {
  return [opened, ...list.filter((vault) => vault.directory !== opened.directory)].slice(0, 20);
}
