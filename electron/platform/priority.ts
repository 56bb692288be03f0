import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Linux keeps a priority for each thread, and new ones take that of the thread which starts them; elsewhere it is the process's. 0: this one,
 * all that a confined process may name.
 */
function threads(): number[] {
  try {
    return process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
  } catch {
    return [0];
  }
}

/**
 * Lets the window go first where processors are few: this process, and every child it starts from now on, is served after it. What the person
 * at the desk sees is drawn by the window; an import or a volume takes as long as it takes. A system that refuses loses nothing.
 */
export function giveWay(): void {
  for (const thread of threads()) {
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Without the right to it, the archive works at the priority it was started with; a thread may have ended.
    }
  }
}
