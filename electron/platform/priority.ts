import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const BEHIND = constants.priority.PRIORITY_BELOW_NORMAL;
/** Of a session, among all sessions of the machine: other programs keep some of theirs from an archive that somebody waits for. */
const SESSION_BEHIND = 5;

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
 * Linux shares the processors among sessions first (autogroup), and a priority counts only within one: the browser that draws the window has
 * one of its own. Only the process with which a session began speaks for it: in another one may be the window itself, or a terminal.
 */
function sessionGivesWay(): void {
  if (process.platform !== 'linux') return;
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // Behind the name in brackets, which may hold blanks: state, parent, group, session.
    const session = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
    if (session === process.pid) writeFileSync('/proc/self/autogroup', String(SESSION_BEHIND));
  } catch {
    // A system without such groups shares by priority alone; one that is asked too often refuses.
  }
}

/**
 * Lets the window go first where processors are few: this process, and every child it starts from now on, is served after it. What the person
 * at the desk sees is drawn by the window; an import or a volume takes as long as it takes. A system that refuses loses nothing.
 */
export function giveWay(): void {
  sessionGivesWay();
  for (const thread of threads()) {
    try {
      setPriority(thread, BEHIND);
    } catch {
      // Without the right to it, the archive works at the priority it was started with; a thread may have ended.
    }
  }
}
