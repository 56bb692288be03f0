import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Prints requirement → tests whose titles name it, as Markdown. Made from the tests' sources; run the tests for the results. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const TITLE = /\b(?:test|it|describe)(?:\.\w+)*\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g;

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(path);
    return /\.(test|spec)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const tests = new Map<string, { file: string; title: string }[]>();
for (const file of testFiles(join(root, 'tests')))
  for (const [, , title = ''] of readFileSync(file, 'utf8').matchAll(TITLE))
    for (const [requirement] of title.matchAll(/\bR\d{2}\b/g))
      tests.set(requirement, [...(tests.get(requirement) ?? []), { file: relative(root, file), title }]);

const lines = ['| requirement | tests | where, and what they say |', '|---|---|---|'];
for (let number = 1; number <= 75; number += 1) {
  const requirement = `R${String(number).padStart(2, '0')}`;
  const found = tests.get(requirement) ?? [];
  const shown = found
    .slice(0, 4)
    .map(({ file, title }) => `\`${file}\`: ${title.replaceAll('|', '\\|')}`)
    .join('<br>');
  lines.push(
    `| ${requirement} | ${found.length} | ${found.length === 0 ? 'no test names it' : shown}${found.length > 4 ? '<br>…' : ''} |`,
  );
}
console.log(lines.join('\n'));
