import { readFile } from 'node:fs/promises';
import type { Reader } from '../store/sql.ts';

/**
 * The log as a text file that a small program of its own can prove (R40, `verifier/verify-log.mjs`). One line an entry:
 * sequence number, chain value (64 hex digits), signature (base64), then the entry's bytes exactly as they were signed, which hold no line break.
 */
export function* logLines(reader: Reader): IterableIterator<string> {
  const rows = reader.iterate<{ seq: number; bytes: Buffer; chain: Buffer; sig: Buffer }>(
    'SELECT seq, bytes, chain, sig FROM audit_log ORDER BY seq',
  );
  for (const { seq, bytes, chain, sig } of rows)
    yield `${seq} ${chain.toString('hex')} ${sig.toString('base64')} ${bytes.toString('utf8')}\n`;
}

/** The program that proves such a file, as it goes along with it: plain Node, nothing of ours. */
export function logVerifier(): Promise<Buffer> {
  return readFile(new URL('./verifier/verify-log.mjs', import.meta.url));
}
