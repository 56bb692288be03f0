/**
 * Signs an update: `npm run sign-update -- INSTALLER --key FILE --changes FILE` writes `INSTALLER.note`, one line of the changes file each a
 * change. `--new-key FILE` makes a key and prints its public half for electron/platform/release-key.ts.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { signerFromSeed } from '../../electron/platform/signer.ts';
import { releaseKeyOf, signUpdate } from '../../electron/platform/update-note.ts';
import { programVersion } from '../../electron/process/program-version.ts';
import { archiveMigrations } from '../../electron/services/archive-schema.ts';

const { values, positionals } = parseArgs({
  options: { key: { type: 'string' }, 'new-key': { type: 'string' }, changes: { type: 'string' } },
  allowPositionals: true,
});
const [installer] = positionals;

if (values['new-key'] !== undefined) {
  const seed = randomBytes(32);
  writeFileSync(values['new-key'], `${seed.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  process.stdout.write(`${releaseKeyOf(signerFromSeed(seed))}\n`);
} else if (installer === undefined || values.key === undefined) {
  process.stderr.write('INSTALLER --key FILE [--changes FILE]   |   --new-key FILE\n');
  process.exitCode = 2;
} else {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(installer) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  const text = values.changes === undefined ? '' : readFileSync(values.changes, 'utf8');
  const signer = signerFromSeed(Buffer.from(readFileSync(values.key, 'utf8').trim(), 'hex'));
  const note = signUpdate(
    {
      v: 1,
      file: basename(installer),
      size,
      sha256: hash.digest('hex'),
      version: programVersion((path) => readFileSync(path, 'utf8')),
      schema: archiveMigrations.at(-1)?.version ?? 0,
      made: new Date().toISOString(),
      changes: text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim().replace(/^[-*] /, '')])),
    },
    signer,
  );
  writeFileSync(`${installer}.note`, note);
  process.stdout.write(`${installer}.note\n`);
}
