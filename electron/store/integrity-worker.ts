import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors/app-error.ts';
import { connect } from './cipher-connection.ts';
import { type IntegrityAnswer, type IntegrityOrder, integrityProblems } from './integrity-check.ts';

/** Entry of the thread that checks a database (`checkIntegrityApart`): one order, one answer, and it ends. */
function check({ path, key }: IntegrityOrder): IntegrityAnswer {
  const bytes = new Uint8Array(key);
  try {
    const database = connect(path, bytes, true);
    bytes.fill(0);
    try {
      // Pages are read once each; nothing of them may reach a temporary file (M3).
      database.pragma('temp_store=MEMORY');
      return { problems: integrityProblems(database) };
    } finally {
      database.close();
    }
  } catch (thrown) {
    return { failed: AppError.from(thrown).code };
  } finally {
    bytes.fill(0);
  }
}

parentPort?.postMessage(check(workerData as IntegrityOrder));
