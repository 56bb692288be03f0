import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostFolders } from '../../../../electron/hosts/data-folder.ts';
import { openHostSettings, withRecentVault } from '../../../../electron/hosts/host-settings.ts';
import { nearestLocale, systemLocale } from '../../../../electron/hosts/system-locale.ts';

describe('host settings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'host-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const vault = (directory: string) => ({
    directory,
    name: '客戶檔案',
    lastOpened: '2026-01-05T08:00:00.000Z',
    practice: false,
  });

  it('are there again after the next start', async () => {
    const first = openHostSettings(folder);
    await Promise.all([first.update({ locale: 'en' }), first.update({ recentVaults: [vault('/a')] })]);
    expect(openHostSettings(folder).current).toMatchObject({ locale: 'en', recentVaults: [vault('/a')] });
  });

  it('a damaged file costs the conveniences, not the start', () => {
    writeFileSync(
      join(folder, 'host.json'),
      '{"locale":"klingon","recentVaults":[{"directory":1}],"window":{"width":"a"}}',
    );
    expect(openHostSettings(folder).current).toEqual({ locale: null, recentVaults: [], window: null });
    writeFileSync(join(folder, 'host.json'), 'not json');
    expect(openHostSettings(folder).current.recentVaults).toEqual([]);
  });

  it('hold nothing but folders, names and the window', async () => {
    await openHostSettings(folder).update({ locale: 'en' });
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8')))).toEqual([
      'locale',
      'recentVaults',
      'window',
    ]);
  });

  it('the archive opened last stands first, once, among twenty at most', () => {
    const many = Array.from({ length: 20 }, (_, index) => vault(`/v${index}`));
    const list = withRecentVault(many, vault('/v7'));
    expect(list[0]?.directory).toBe('/v7');
    expect(list.length).toBe(20);
    expect(new Set(list.map(({ directory }) => directory)).size).toBe(20);
    expect(withRecentVault(many, vault('/new')).length).toBe(20);
  });
});

describe('folders', () => {
  const home = '/home/keeper';
  it.each([
    ['linux', {}, '/home/keeper/.local/share/dossier-desk'],
    ['linux', { XDG_DATA_HOME: '/x' }, '/x/dossier-desk'],
    ['darwin', {}, '/home/keeper/Library/Application Support/Dossier Desk'],
  ] as const)('on %s with %o the data is in %s', (platform, environment, data) => {
    expect(hostFolders({ platform, environment, home }).data).toBe(data);
  });

  it('--data-folder goes before DOSSIER_DESK_DATA, and keeps everything inside', () => {
    const environment = { DOSSIER_DESK_DATA: '/env' };
    expect(hostFolders({ platform: 'linux', environment, home }).data).toBe('/env');
    expect(hostFolders({ platform: 'linux', environment, home, chosen: '/given' })).toEqual({
      data: '/given',
      vault: '/given/vault',
      output: '/given/output',
    });
  });
});

describe('language of the system', () => {
  it.each([
    ['zh-TW', 'zh-Hant'],
    ['zh_HK.UTF-8', 'zh-Hant'],
    ['zh_CN.UTF-8', 'zh-Hans'],
    ['zh-Hans-SG', 'zh-Hans'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['en_GB', 'en'],
    ['fr-FR', 'zh-Hant'],
  ] as const)('%s is %s', (tag, locale) => expect(nearestLocale(tag)).toBe(locale));

  it('a system that says nothing gets Traditional Chinese', () => {
    expect(systemLocale('linux', {}, 'en-US')).toBe('zh-Hant');
    expect(systemLocale('linux', { LANG: 'C.UTF-8' }, 'en-US')).toBe('zh-Hant');
    expect(systemLocale('linux', { LANG: 'en_US.UTF-8' }, 'en-US')).toBe('en');
    expect(systemLocale('win32', {}, 'zh-CN')).toBe('zh-Hans');
  });
});
