/** Child process for R46: replaces one file over and over with 64 KiB of one letter, until it is killed. */
import { replaceDurably } from '../../electron/platform/durable-files.ts';

const path = process.argv[2] ?? '';
for (let round = 0; ; round += 1) {
  await replaceDurably(path, String.fromCharCode(97 + (round % 26)).repeat(65_536));
  if (round === 0) process.stdout.write('ready\n');
}
