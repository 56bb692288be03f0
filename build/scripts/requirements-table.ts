/**
 * Which tests prove which requirement of the security design, as a Markdown table: `node build/scripts/requirements-table.ts [R01 R02 …]`.
 * A test proves what its title, or that of the group around it, names. With requirements named, each of them gets a row, and the exit
 * status is 1 when one has no test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const TESTS = join(ROOT, 'tests');
const TITLE =
  /\b(describe|it|test)(?:\.\w+(?:\((?:[^()]|\([^()]*\))*\))?)*\(\s*(['"`])((?:(?!\2)[^\\]|\\.)*?\bR\d{2}\b(?:(?!\2)[^\\]|\\.)*)\2/g;

interface Proof {
  /** A group counts only where no test in its file names the requirement itself. */
  readonly group: boolean;
  readonly title: string;
  readonly file: string;
}

function testFiles(): string[] {
  return readdirSync(TESTS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function proofs(): Map<string, Proof[]> {
  const found = new Map<string, Proof[]>();
  for (const path of testFiles()) {
    const file = relative(TESTS, path).split(sep).join('/');
    for (const [, word, , title = ''] of readFileSync(path, 'utf8').matchAll(TITLE))
      for (const requirement of new Set(title.match(/\bR\d{2}\b/g)))
        found.set(requirement, [...(found.get(requirement) ?? []), { group: word === 'describe', title, file }]);
  }
  return found;
}

/** The title without the numbers it begins with, safe inside a table. */
function shown({ title, file }: Proof): string {
  const words = title.replace(/^(?:R\d{2}[,:]?\s+)+/, '').replaceAll('|', '\\|');
  return `${words} (\`${file}\`)`;
}

const known = proofs();
const asked = process.argv.slice(2);
const rows = asked.length > 0 ? asked : [...known.keys()].sort();
process.stdout.write('| Requirement | Tests |\n| --- | --- |\n');
for (const requirement of rows) {
  const named = known.get(requirement) ?? [];
  const tests = named.filter(({ group, file }) => !group || !named.some((one) => one.file === file && !one.group));
  if (tests.length === 0 && asked.length > 0) process.exitCode = 1;
  process.stdout.write(`| ${requirement} | ${tests.map(shown).join('<br>') || '–'} |\n`);
}
