import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything of others that is shipped: the production packages, and what is bundled into the window (R75). */

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression as the package says it. */
  readonly licence: string;
  /** SHA-512 of the package as published, hex; empty where the lock file has none. */
  readonly sha512: string;
  /** Text of its licence; empty where the package brings none. */
  readonly text: string;
}

/** What the window is bundled from: packages of development that still end up in the product; and the product's own runtime. */
const BUNDLED = [
  '@fontsource-variable/noto-sans-sc',
  '@fontsource-variable/noto-sans-tc',
  '@mantine/core',
  '@mantine/hooks',
  '@mantine/notifications',
  '@tabler/icons-react',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'dexie',
  'electron',
  'i18next',
  'react',
  'react-dom',
  'zustand',
] as const;
/** Of Electron itself, not of what its installer uses. */
const ALONE = new Set(['electron']);
/** Types are gone before anything is shipped; the fallback host is for checkouts. */
const LEFT_OUT = /^(@types\/|csstype$|playwright-core$|type-fest$)/;

/** SPDX's word for a package that says nowhere in what is published under which licence it is. */
const UNSTATED = 'NOASSERTION';

function lockOf(root: string): Readonly<Record<string, LockEntry>> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  return lock.packages;
}

/** Where a package finds one that it depends on: inside itself, or further up. */
function resolved(packages: Readonly<Record<string, LockEntry>>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (at === '' || !at.includes('/node_modules/')) {
      const top = `node_modules/${name}`;
      return packages[top] === undefined ? undefined : top;
    }
  }
}

const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

function places(packages: Readonly<Record<string, LockEntry>>): string[] {
  const found = new Set(
    Object.entries(packages)
      .filter(([place, entry]) => place !== '' && entry.dev !== true)
      .map(([place]) => place),
  );
  const waiting: string[] = BUNDLED.map((name) => `node_modules/${name}`);
  for (const place of waiting) {
    if (packages[place] === undefined) throw new Error(`${place} is not in the lock file`);
    found.add(place);
    if (ALONE.has(nameOf(place))) continue;
    for (const name of Object.keys(packages[place]?.dependencies ?? {})) {
      const next = resolved(packages, place, name);
      if (next !== undefined && !waiting.includes(next)) waiting.push(next);
    }
  }
  return [...found].filter((place) => !LEFT_OUT.test(nameOf(place))).sort();
}

function licenceText(folder: string): string {
  if (!existsSync(folder)) return '';
  const [name] = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|ofl|unlicense)/i.test(file))
    .sort();
  return name === undefined ? '' : readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim();
}

/** Some say their licence only in their own package file, in one of its older forms. */
function statedLicence(folder: string, entry: LockEntry): string {
  if (entry.license !== undefined) return entry.license;
  try {
    const stated = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      license?: string | { type?: string };
      licenses?: readonly { type?: string }[];
    };
    const { license, licenses } = stated;
    return (
      (typeof license === 'string' ? license : license?.type) ?? licenses?.map(({ type }) => type).join(' OR ') ?? ''
    );
  } catch {
    return '';
  }
}

/** By name and version; each once. Packages of another platform are in the lock file and not on the disk: they have no text. */
export function shippedPackages(root: string): readonly ShippedPackage[] {
  const packages = lockOf(root);
  const shipped = new Map<string, ShippedPackage>();
  for (const place of places(packages)) {
    const entry = packages[place];
    if (entry?.version === undefined) continue;
    const folder = join(root, place);
    const name = nameOf(place);
    shipped.set(`${name}@${entry.version}`, {
      name,
      version: entry.version,
      licence: statedLicence(folder, entry),
      sha512: entry.integrity?.startsWith('sha512-')
        ? Buffer.from(entry.integrity.slice('sha512-'.length), 'base64').toString('hex')
        : '',
      text: licenceText(folder),
    });
  }
  for (const [key, one] of shipped) {
    // Packages of one system each, whose lock entries say nothing: the package that chooses among them does.
    const chooser = [...shipped.values()].find(
      ({ name, licence }) => licence !== '' && one.name.startsWith(`${name}-`),
    );
    if (one.licence === '') shipped.set(key, { ...one, licence: chooser?.licence ?? UNSTATED });
  }
  return [...shipped.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The same as a software bill of materials (CycloneDX 1.5, JSON). Nothing in it changes from one build to the next. */
export function billOfMaterials(root: string): string {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: { component: { type: 'application', 'bom-ref': `${name}@${version}`, name, version } },
      components: shippedPackages(root).map((shipped) => ({
        type: 'library',
        'bom-ref': `${shipped.name}@${shipped.version}`,
        name: shipped.name,
        version: shipped.version,
        purl: `pkg:npm/${shipped.name.replace('@', '%40')}@${shipped.version}`,
        ...(shipped.licence === UNSTATED ? {} : { licenses: [{ expression: shipped.licence }] }),
        ...(shipped.sha512 === '' ? {} : { hashes: [{ alg: 'SHA-512', content: shipped.sha512 }] }),
      })),
    },
    null,
    2,
  )}\n`;
}

/** For the window: names and licences, and each different text once. */
export function licencesForWindow(root: string): string {
  const shipped = shippedPackages(root);
  const texts = [...new Set(shipped.map(({ text }) => text))];
  return JSON.stringify({
    packages: shipped.map(({ name, version, licence, text }) => ({
      name,
      version,
      licence,
      text: texts.indexOf(text),
    })),
    texts,
  });
}
