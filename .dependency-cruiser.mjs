// Who may import what (ARCHITECTURE.md). `import type` counts. A folder or a package that nobody has
// classified here fails, so that each new one is a decision.

/** Inside electron/: each layer and the layers it may import, besides itself and shared/. */
const ELECTRON = {
  hosts: ['bridge', 'process', 'platform'],
  bridge: ['process', 'platform'],
  // The archive process is composed here: its entry builds services, stores and printer and wires them.
  process: ['dispatch', 'services', 'store', 'vault', 'audit', 'scans', 'print', 'exchange', 'platform'],
  // `store` for the transaction that a command and its audit entry share.
  dispatch: ['services', 'store', 'platform'],
  services: ['store', 'vault', 'audit', 'scans', 'print', 'exchange', 'platform'],
  audit: ['store', 'platform'],
  store: ['platform'],
  vault: ['platform'],
  // Reads a page of a scan as the press does.
  scans: ['print', 'platform'],
  print: ['platform'],
  exchange: ['platform'],
  platform: [],
};

const RENDERER = {
  app: ['features', 'drafts', 'ui', 'state', 'gateway', 'i18n'],
  features: ['drafts', 'ui', 'state', 'gateway', 'i18n'],
  drafts: ['state', 'gateway'],
  state: ['gateway'],
  gateway: ['state'],
  // A path field asks the host for its dialog, a long list fetches its own rows and remembers how it was left.
  ui: ['i18n', 'drafts', 'state', 'gateway'],
  i18n: ['state'],
};

const SHARED = {
  contract: ['domain', 'errors', 'util'],
  domain: ['errors', 'util'],
  errors: ['util'],
  i18n: [],
  util: [],
};

/** npm packages by layer; a path may follow the name. */
const PACKAGES = {
  'electron/hosts/electron': ['electron'],
  'electron/hosts': ['zod', 'playwright-core'],
  'electron/bridge': ['electron', 'zod', 'playwright-core'],
  'electron/process': ['zod'],
  'electron/dispatch': ['zod'],
  'electron/services': [
    'zod',
    'pinyin-pro',
    'opencc-js',
    'age-encryption',
    'pdf-lib',
    'csv-parse',
    '@scure/bip39',
    'canonicalize',
  ],
  // Draws the made-up scans of a practice archive.
  'electron/services/practice': ['@napi-rs/canvas'],
  'electron/audit': [
    'better-sqlite3-multiple-ciphers',
    'better-sqlite3',
    '@types/better-sqlite3',
    'canonicalize',
    'zod',
  ],
  'electron/store': [
    'better-sqlite3-multiple-ciphers',
    'better-sqlite3',
    '@types/better-sqlite3',
    'opencc-js',
    'pinyin-pro',
    'zod',
  ],
  'electron/vault': [
    'age-encryption',
    '@noble/curves',
    '@noble/hashes',
    '@node-rs/argon2',
    '@scure/bip39',
    'canonicalize',
    'tar-stream',
    'zod',
  ],
  'electron/print': [
    '@myriaddreamin/typst-ts-node-compiler',
    '@expo-google-fonts/noto-serif-tc',
    '@expo-google-fonts/noto-serif-sc',
    'bwip-js',
    'pdf-lib',
    'pdfjs-dist',
    '@napi-rs/canvas',
    'opencc-js',
    'zod',
  ],
  'electron/scans': [
    'pdf-lib',
    'pdfjs-dist',
    '@napi-rs/canvas',
    'tesseract.js-core',
    '@tesseract.js-data',
    'zxing-wasm',
    'zod',
  ],
  'electron/exchange': ['csv-parse', 'yauzl', 'saxes', 'iconv-lite', 'exceljs', 'tar-stream', 'opencc-js', 'zod'],
  'electron/platform': ['@noble/curves', '@noble/hashes', 'zod'],
  renderer: [
    'react',
    'react-dom',
    'i18next',
    '@mantine',
    '@tabler/icons-react',
    '@tanstack',
    '@fontsource-variable',
    'dayjs',
    'dexie',
    'zustand',
    'zod',
    'pdfjs-dist',
  ],
  'shared/contract': ['zod'],
  'shared/domain': ['zod'],
  'shared/util': [],
  'build/scripts': [
    'vite',
    '@napi-rs/canvas',
    'pdf-lib',
    'better-sqlite3-multiple-ciphers',
    'playwright-core',
    'exceljs',
    'zod',
  ],
};

const escapePattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (list) => `(${list.join('|')})`;

/** Layers of one side: whatever is not named may not be imported. */
function layerRules(side, table) {
  return Object.entries(table).map(([layer, others]) => ({
    name: `${side}-${layer}`,
    comment: `${side}/${layer} may import ${others.length === 0 ? 'only itself' : others.join(', ')} and shared/.`,
    severity: 'error',
    from: { path: `^${side}/${layer}/` },
    to: { path: `^${side}/`, pathNot: `^${side}/${anyOf([layer, ...others])}/` },
  }));
}

function packageRules() {
  return Object.entries(PACKAGES).map(([folder, names]) => {
    const inner = Object.keys(PACKAGES).filter((other) => other !== folder && other.startsWith(`${folder}/`));
    const inherited = Object.entries(PACKAGES)
      .filter(([other]) => folder.startsWith(`${other}/`))
      .flatMap(([, list]) => list);
    const allowed = [...names, ...inherited].map(escapePattern);
    return {
      name: `packages-${folder.replaceAll('/', '-')}`,
      comment: `npm packages of ${folder}/ are listed in .dependency-cruiser.mjs; add a new one there with care.`,
      severity: 'error',
      from: { path: `^${folder}/`, ...(inner.length === 0 ? {} : { pathNot: `^${anyOf(inner)}/` }) },
      to: {
        path: 'node_modules/',
        ...(allowed.length === 0 ? {} : { pathNot: `node_modules/(@types/)?${anyOf(allowed)}(/|$)` }),
      },
    };
  });
}

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that wait for each other while loading. A type alone waits for nothing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'runtimes-apart',
      comment: 'renderer and electron know shared, never each other.',
      severity: 'error',
      from: { path: '^(renderer|electron|shared)/' },
      to: { path: '^(renderer|electron|tests|build)/', pathNot: '^$1/' },
    },
    {
      name: 'shared-stands-alone',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(renderer|electron|tests|build)/' },
    },
    {
      name: 'unclassified-folder',
      comment: 'Every folder of a runtime is in the tables of .dependency-cruiser.mjs.',
      severity: 'error',
      from: {
        path: '^(electron|renderer|shared)/[^/]+/',
        pathNot: `^(electron/${anyOf(Object.keys(ELECTRON))}|renderer/${anyOf(Object.keys(RENDERER))}|shared/${anyOf(Object.keys(SHARED))})/`,
      },
      to: {},
    },
    ...layerRules('electron', ELECTRON),
    ...layerRules('renderer', RENDERER),
    ...layerRules('shared', SHARED),
    {
      name: 'features-apart',
      comment: 'A feature never imports another feature; what two need goes to ui/, state/ or gateway/.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'hosts-apart',
      comment:
        'The three hosts share what lies directly in electron/hosts, never each other; the packaged program is its own command line.',
      severity: 'error',
      from: {
        path: '^electron/hosts/(electron|chromium|cli)/',
        pathNot: '^electron/hosts/electron/command-line\\.ts$',
      },
      to: { path: '^electron/hosts/(electron|chromium|cli)/', pathNot: '^electron/hosts/$1/' },
    },
    {
      name: 'no-network',
      comment: 'R21: nothing in this program opens a connection.',
      severity: 'error',
      from: { path: '^(electron|shared|renderer)/' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dgram|dns|inspector|dns/promises|inspector/promises)$' },
    },
    {
      name: 'no-node-outside-electron',
      severity: 'error',
      from: { path: '^(renderer|shared)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'preload-alone',
      comment: "The preload script is one bundled file: the contract's types and the channel names.",
      severity: 'error',
      from: { path: '^electron/hosts/electron/preload\\.ts$' },
      to: { pathNot: '^(shared/|electron/bridge/channels\\.ts$|electron$|node_modules/electron/)' },
    },
    ...packageRules(),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'build/config/tsconfig.tests.json' },
    parser: 'swc',
    exclude: { path: '\\.(css|json|typ)$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
