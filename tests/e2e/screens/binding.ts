import { expect, type Locator, type Page } from '@playwright/test';
import { button, field, say, saying } from '../support/texts.ts';

/** The shelf of a year: what it would give, the preview, the act, what is bound. */
export class Binding {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get plan(): Locator {
    return this.page.getByRole('region', { name: say('binding.plan') });
  }

  get spines(): Locator {
    return this.plan.locator('button[aria-pressed]');
  }

  /** One of the four steps of the year. */
  async step(step: 'clean' | 'arrange' | 'bind' | 'print'): Promise<void> {
    const steps = this.page.getByRole('navigation', { name: say('binding.steps') });
    await steps.getByRole('button', { name: new RegExp(say(`yearStep.${step}`), 'u') }).click();
  }

  get cleaning(): Locator {
    return this.page.getByRole('region', { name: say('binding.cleaning') });
  }

  /** Explains everything of a kind that is open. */
  async explainAll(kind: string, reason: string): Promise<void> {
    await this.cleaning.getByRole('button', { name: new RegExp(`^${say(`yearFinding.${kind}`)}`, 'u') }).click();
    await this.cleaning.getByRole('button', { name: saying('binding.explainAll') }).click();
    const dialog = this.page.getByRole('dialog');
    await field(dialog, say('kit.reason')).fill(reason);
    await dialog.getByRole('button', { name: saying('binding.explainAll') }).click();
    await expect(dialog).toHaveCount(0);
  }

  get bound(): Locator {
    return this.page.getByRole('region', { name: say('binding.bound'), exact: true });
  }

  async preview(): Promise<Locator> {
    await button(this.plan, say('binding.preview')).click();
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** Binds everything of the year into a folder; answers the paths that are named. */
  async bind(folder: string): Promise<readonly string[]> {
    const panel = this.page.getByRole('region', { name: say('binding.bind') });
    await field(panel, say('binding.folder')).fill(folder);
    await button(panel, say('binding.bindNow')).click();
    await expect(panel.getByRole('alert')).toContainText(say('binding.sure'));
    await button(panel, say('binding.doIt')).click();
    const result = panel.getByRole('status').getByRole('listitem');
    await expect(result.first()).toBeVisible({ timeout: 60_000 });
    const lines = await result.allTextContents();
    return lines.map((line) => line.split(/\s+[0-9a-f]{4} /u)[0] ?? '');
  }
}
