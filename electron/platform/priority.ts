import { constants, setPriority } from 'node:os';

/**
 * Lets the window go first where processors are few: this process, and every child it starts, is served after it. What the person at
 * the desk sees is drawn by the window; an import or a volume takes as long as it takes. A system that refuses loses nothing.
 */
export function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Without the right to it, the archive works at the priority it was started with.
  }
}
