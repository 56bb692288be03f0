import { fileURLToPath } from 'node:url';
import { unpackedPath } from '../platform/unpacked-path.ts';
import { connect } from './cipher-connection.ts';

const ANSWER = 'Dossier Desk self-test: 已知的答案';
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);

/** R72: a stored SQLCipher 4 database of three pages opens under its raw key, says what it says, and under another key not at all. */
export function databaseAnswers(): boolean {
  const path = unpackedPath(fileURLToPath(new URL('./self-test/known.db', import.meta.url)));
  const answer = (key: Uint8Array): unknown => {
    const database = connect(path, key, true);
    try {
      return (database.prepare('SELECT answer FROM known WHERE id = 1').get() as { answer?: unknown } | undefined)
        ?.answer;
    } finally {
      database.close();
    }
  };
  if (answer(KEY) !== ANSWER) return false;
  try {
    answer(KEY.map((byte) => byte ^ 1));
    return false;
  } catch {
    return true;
  }
}
