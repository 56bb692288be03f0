import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { InputOf, OperationName, OutputOf } from '../../../shared/contract/contract.ts';
import type { Answer } from '../../../shared/contract/messages.ts';
import { type Desk, type DeskOptions, openDesk } from './launch.ts';

export const KEEPER = { login: 'keeper', displayName: '王小明', secret: '春風又綠江南岸明月何時照我還家' } as const;
export const MANAGER = { login: 'lin', displayName: '林經理', secret: '一枝紅杏出牆來春色滿園關不住矣' } as const;
export const ARCHIVE_NAME = '恆昌貿易客戶檔案';

let calls = 0;

/** Calls an operation the way the window does, and gives the answer: for refusals. */
export function answerOf(page: Page, name: string, input: unknown): Promise<Answer> {
  calls += 1;
  return page.evaluate(([operation, given, id]) => window.archive.call(operation as string, given, id as string), [
    name,
    input,
    `e2e-${process.pid}-${calls}`,
  ] as const);
}

/** Calls an operation for the test's own purposes (records to begin with, what the archive has in the end). */
export async function ask<N extends OperationName>(page: Page, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const answer = await answerOf(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.output as OutputOf<N>;
}

/** A file handed over in one piece; its upload id. */
export async function upload(page: Page, name: string, bytes: Uint8Array, purpose: 'table' | 'scan' = 'scan') {
  const begun = await ask(page, 'uploads.begin', { name, size: bytes.length, purpose });
  await ask(page, 'uploads.append', { upload: begun.upload, data: Buffer.from(bytes).toString('base64') });
  return begun.upload;
}

/** A desk with an archive of its own, its keeper signed in. */
export interface OpenedArchive extends Desk {
  readonly vault: string;
  readonly recoveryKey: string;
}

/** Opens the desk with a new, empty archive; made by calls, since first-start.spec.ts makes one by hand. */
export async function openDeskWithArchive(options: DeskOptions = {}): Promise<OpenedArchive> {
  const desk = await openDesk(options);
  const { page } = desk;
  const vault = join(desk.dataFolder, 'vault');
  const made = await ask(page, 'archive.create', { directory: vault, name: ARCHIVE_NAME, keeper: { ...KEEPER } });
  const groups = made.recoveryKey.match(/.{1,4}/gu) ?? [];
  await ask(page, 'archive.confirmRecoveryKey', {
    groups: [5, 9].map((index) => ({ index, text: groups[index] ?? '' })),
  });
  await ask(page, 'host.rememberVault', { directory: vault, name: ARCHIVE_NAME, practice: false });
  await page.reload();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  return { ...desk, vault, recoveryKey: made.recoveryKey };
}
