import { expect, type Page } from '@playwright/test';
import { button, field, say } from '../support/texts.ts';

/** What is seen before an archive is open: the first choice, a new archive, its recovery key, the lock. */
export class Entrance {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async choose(key: 'start.create' | 'start.practice' | 'start.open' | 'start.restore'): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${say(key)}`, 'u') }).click();
  }

  /** Fills in the form of a new archive; the secret is the one that is offered. Answers it. */
  async fillInNewArchive(name: string, keeper: string): Promise<string> {
    const { page } = this;
    await field(page, say('start.archiveName')).fill(name);
    await field(page, say('start.keeperName')).fill(keeper);
    await button(page, say('secret.propose')).click();
    const secretField = field(page, say('start.keeperSecret'));
    await expect(secretField).not.toHaveValue('');
    const secret = await secretField.inputValue();
    await expect(page.locator('output')).toHaveText(secret);
    await field(page, say('secret.again')).fill(secret);
    return secret;
  }

  /** The groups of the recovery key as they stand on the screen. */
  async readRecoveryKey(): Promise<readonly string[]> {
    const list = this.page.getByRole('list', { name: say('start.recoveryKey') });
    await expect(list).toBeVisible();
    const items = await list.getByRole('listitem').all();
    return Promise.all(
      items.map(async (item, index) => ((await item.textContent()) ?? '').slice(String(index + 1).length)),
    );
  }

  /** Types back the groups that are asked for, as they were written down. */
  async confirmRecoveryKey(groups: readonly string[]): Promise<void> {
    const { page } = this;
    const asked = page.getByRole('textbox');
    await expect(asked).toHaveCount(2);
    for (const box of await asked.all()) {
      const label = (await box.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent)) ?? '';
      await box.fill(groups[Number(/\d+/u.exec(label)?.[0]) - 1] ?? '');
    }
    await button(page, say('start.recoveryCheck')).click();
  }

  get secret() {
    return field(this.page, say('lock.secret'));
  }

  async unlock(secret: string): Promise<void> {
    await this.secret.fill(secret);
    await this.page.keyboard.press('Enter');
  }
}
