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

/** What the tests do not show: not asked for, not met, or not to be tried where these tests run. Told beside the tests. */
const REMARKS: Readonly<Record<string, string>> = {
  R09: 'Not asked for yet (§15, decision 3): masks are enforced by the program, not by encryption; the manual says so.',
  R11: 'On Linux: the key stores of Windows and macOS were not changed in a test; by the sources none is asked there either.',
  R18: 'In the suite sockets of this machine are watched for the length of the tests. Tried by hand: fourteen minutes of the end-to-end tests (start, lock, cards, search, scans, PDF, binding, lists) in a network namespace of their own, from which not one byte was sent.',
  R19: 'Fuses are set in a stand-in of Electron’s binary; Electron itself could not be had here.',
  R20: 'Linux: the packed program compares itself with an unsigned list. Windows and macOS rely on Electron’s own check, which was not tried here.',
  R22: 'By the sources and the packed files; no packaged window was tried.',
  R27: 'Where the system gives the window no clipboard of its own (an installed Chromium), it is cleared only while the window keeps the focus.',
  R35: 'In the suite some 20,000 entries. A million on two cores (DOSSIER_DESK_LOG_ENTRIES=1000000): chain and tree 8 s, all signatures 113 s, the process never held up longer than 70 ms, the tail after an anchor 2 ms.',
  R38: 'A second start in the same data folder is in the log; a process of another data folder is refused before it could write anything (R47), so that nothing tells of it.',
  R45: 'The quota is strace answering EDQUOT in its place, for the database alone. On a disk that has turned read-only under it the log takes no entry, so no backup is made (R34).',
  R51: 'Kept are vaults of schema 220 and of every one from 440 on; those between were in no release.',
  R52: 'By lists of mounts, file systems and disks as Linux writes them; no network or removable drive was plugged in. On Windows and macOS by the path alone.',
  R55: 'In the suite a small archive. Tried by hand with 10 GB (55 scans) on two busy cores: drill 808 s, every check good, but that was before a backup was unpacked no faster than the disk takes it; not repeated.',
  R68: 'What is read stays in the memory of the archive process and never touches a disk in plain; its hash stands in the entry. There is no quarantine file.',
  R70: 'Sealed is what the window proposes for lists, tables and the whole archive; the command line seals for whom `--for` names, as cli.md has it, and asks a supervisor where there is one. A printed form is saved in plain unless somebody wants it sealed: it is what goes to the printer, is counted as a print and says on each page who made it. The separate permission is the supervisor’s agreement to exactly a plain file; plain exports are counted among the supervisor’s signals.',
  R71: 'With one keeper alone the keeper’s own secret is asked for anew and the entry says that one person acted alone; the waiting hour of §15’s head is a choice (proposed in the window, `--waiting-hour` on the command line), goes by the computer’s clock, and does not hold for a restore, which takes the sealed recovery key.',
  R75: 'Known vulnerabilities could not be asked for here: the registry refuses npm audit. With a stand-in of Electron’s binary; two builds in a row gave the same files, tried by hand.',
};

const known = proofs();
const asked = process.argv.slice(2);
const rows = asked.length > 0 ? asked : [...known.keys()].sort();
process.stdout.write('| Requirement | Tests | Not shown by them |\n| --- | --- | --- |\n');
for (const requirement of rows) {
  const named = known.get(requirement) ?? [];
  const tests = named.filter(({ group, file }) => !group || !named.some((one) => one.file === file && !one.group));
  if (tests.length === 0 && REMARKS[requirement] === undefined && asked.length > 0) process.exitCode = 1;
  process.stdout.write(
    `| ${requirement} | ${tests.map(shown).join('<br>') || '–'} | ${REMARKS[requirement] ?? ''} |\n`,
  );
}
