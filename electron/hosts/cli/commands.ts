import { archiveCommands } from './archive-commands.ts';
import { archiveYearCommands } from './archive-year-commands.ts';
import { backupCommands } from './backup-commands.ts';
import { callCommand, operationsCommand } from './call-commands.ts';
import type { Command } from './command.ts';
import { copyCommands } from './copy-commands.ts';
import { disposalCommands } from './disposal-commands.ts';
import { fixityCommands } from './fixity-commands.ts';
import { importCommands } from './import-commands.ts';
import { recordCommands } from './record-commands.ts';
import { scanCommands } from './scan-commands.ts';
import { todayCommand } from './today-command.ts';
import { updateCommands } from './update-commands.ts';

/** Every command of the command line, in the order of its help. A new command is one entry here. */
export const COMMANDS: readonly Command[] = [
  ...archiveCommands,
  ...importCommands,
  ...backupCommands,
  ...fixityCommands,
  ...recordCommands,
  todayCommand,
  ...scanCommands,
  ...archiveYearCommands,
  ...disposalCommands,
  ...copyCommands,
  ...updateCommands,
  operationsCommand,
  callCommand,
];
