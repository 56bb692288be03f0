import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { z } from 'zod';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { type HostOperationName, hostOperations, type Locale } from '../../shared/contract/host.ts';
import type { Answer } from '../../shared/contract/messages.ts';
import type { SessionKind } from '../../shared/contract/operation.ts';
import { AppError, type FieldError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../platform/clock.ts';
import type { ArchiveSupervisor } from '../process/spawn-supervisor.ts';
import type { HostFolders } from './data-folder.ts';
import { type HostSettingsFile, withRecentVault } from './host-settings.ts';
import type { NativeHost } from './native-host.ts';

/** The `host.*` operations of the contract, answered from the port; one implementation for every window. */
export interface HostOperationsParts {
  readonly host: NativeHost;
  readonly settings: HostSettingsFile;
  readonly supervisor: ArchiveSupervisor;
  readonly folders: HostFolders;
  readonly clock: Clock;
  readonly version: string;
  readonly systemLocale: Locale;
}

type Handlers = {
  readonly [N in HostOperationName]: (
    input: z.output<(typeof hostOperations)[N]['input']>,
  ) => Promise<z.input<(typeof hostOperations)[N]['output']>>;
};

function folderOf(path: string): string | undefined {
  if (!isAbsolute(path) || !existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? path : dirname(path);
}

function issuesOf(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: `validation.${issue.code}` }));
}

const HANDED_OVER: readonly unknown[] = ['handover', 'lookup'] satisfies SessionKind[];

/**
 * Returns the function that answers one host operation. Never rejects; `LOOKUP_ONLY` while the screen is handed over (L2). Whether
 * it is, the archive process says, not the window: a page that has been tampered with opens no folder and leaves no room.
 */
export function createHostOperations(parts: HostOperationsParts): (name: string, input: unknown) => Promise<Answer> {
  const { host, settings, supervisor, folders } = parts;
  let lookupRoom = false;
  let asked = 0;

  async function isHandedOver(): Promise<boolean> {
    asked += 1;
    const answer = await supervisor.askRunning('session.current', {}, `host-${asked}`);
    return answer.ok && HANDED_OVER.includes((answer.output as OutputOf<'session.current'>).kind);
  }

  const handlers: Handlers = {
    'host.info': async () => ({
      host: host.kind,
      version: parts.version,
      dialogs: host.dialogs,
      screenPicturesBlocked: host.blocksScreenPictures,
      dataFolder: folders.data,
      defaultVaultFolder: folders.vault,
      defaultOutputFolder: folders.output,
      recentVaults: (await isHandedOver()) ? [] : settings.current.recentVaults,
      locale: settings.current.locale ?? parts.systemLocale,
      archiveRuns: supervisor.pid !== undefined,
    }),
    'host.rememberVault': async ({ directory, name, practice }) => {
      const opened = { directory: resolve(directory), name, practice, lastOpened: parts.clock.now().toISOString() };
      await settings.update({ recentVaults: withRecentVault(settings.current.recentVaults, opened) });
      return {};
    },
    'host.forgetVault': async ({ directory }) => {
      const gone = resolve(directory);
      await settings.update({
        recentVaults: settings.current.recentVaults.filter((vault) => vault.directory !== gone),
      });
      return {};
    },
    'host.setLocale': async ({ locale }) => {
      await settings.update({ locale });
      return {};
    },
    'host.chooseFolder': async ({ title, startIn }) => ({ path: await host.chooseFolder(title, startIn) }),
    'host.chooseSavePath': async ({ title, suggestedName, startIn }) => ({
      path: await host.chooseSavePath(title, suggestedName, startIn),
    }),
    'host.revealOutput': async ({ path }) => {
      const folder = folderOf(path);
      if (folder === undefined) throw new AppError('NOT_FOUND');
      return { shown: await host.revealFolder(folder) };
    },
    'host.copyText': async ({ text }) => {
      await host.clipboard?.copy(text);
      return { kept: host.clipboard !== undefined };
    },
    'host.lock': async () => {
      await supervisor.lock('asked');
      return {};
    },
    'host.toggleFullScreen': async () => ({ on: await host.toggleFullScreen() }),
    'host.quit': async () => {
      // After the answer has left.
      setImmediate(() => host.quit());
      return {};
    },
  };

  const setRoom = (on: boolean): void => {
    if (lookupRoom === on) return;
    lookupRoom = on;
    void host.setLookupRoom(on).catch(() => {});
  };
  // The room opens with the handing over and ends with the session, whatever the window asks for.
  supervisor.onEvent((event) => {
    if (event.type === 'locked') {
      setRoom(false);
      void host.clipboard?.forget().catch(() => {});
    }
    if (event.type === 'changed' && event.areas.includes('session')) void isHandedOver().then(setRoom);
  });

  async function run<N extends HostOperationName>(name: N, input: unknown): Promise<Answer> {
    const { sessions, input: schema } = hostOperations[name];
    if (!sessions.some((session) => session === 'lookup') && (await isHandedOver())) throw new AppError('LOOKUP_ONLY');
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw new AppError('INPUT_INVALID', { fields: issuesOf(parsed.error) });
    // The schema at `name` made the data, so the handler at `name` takes it; the compiler cannot follow that.
    const handler = handlers[name] as (data: unknown) => Promise<unknown>;
    return { ok: true, output: await handler(parsed.data) };
  }

  return async (name, input) => {
    try {
      if (!Object.hasOwn(hostOperations, name)) throw new AppError('INPUT_INVALID');
      return await run(name as HostOperationName, input);
    } catch (thrown) {
      return { ok: false, error: AppError.from(thrown).toData() };
    }
  };
}
