import { join } from 'node:path';
import { expect } from '@playwright/test';
import { ask } from './desk-archive.ts';
import { type Desk, openDesk } from './launch.ts';

/** A practice archive, open at the desk: believable records of every kind. */
export interface PracticeDesk extends Desk {
  readonly vault: string;
  /** Secret of a person of this role. */
  secretOf(role: string): { readonly login: string; readonly secret: string };
}

export async function openPracticeDesk(customers: number): Promise<PracticeDesk> {
  const desk = await openDesk();
  const { page } = desk;
  const vault = join(desk.dataFolder, 'practice');
  const made = await ask(page, 'archive.practice', { directory: vault, customers, seed: 7 });
  await ask(page, 'host.rememberVault', { directory: vault, name: '實訓檔案', practice: true });
  await page.reload();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  return {
    ...desk,
    vault,
    secretOf(role) {
      const user = made.users.find((one) => one.role === role);
      if (user === undefined) throw new Error(`The practice archive has no ${role}.`);
      return user;
    },
  };
}
