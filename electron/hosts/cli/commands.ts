import { callCommand, operationsCommand } from './call-commands.ts';
import type { Command } from './command.ts';

/** Every command of the command line, in the order of its help. A new command is one entry here. */
export const COMMANDS: readonly Command[] = [operationsCommand, callCommand];
