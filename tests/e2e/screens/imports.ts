import { expect, type Locator, type Page } from '@playwright/test';
import type { SampleFile } from '../support/sample-files.ts';
import { button, say } from '../support/texts.ts';

/** Bringing customers in from a table: choose, assign columns, try, bring in. */
export class Imports {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async choose(file: SampleFile): Promise<void> {
    await this.page.locator('main input[type=file]').setInputFiles(file);
  }

  /** Which field of the card a column goes to. */
  column(heading: string): Locator {
    return this.page.getByRole('combobox', { name: say('imports.fieldOf', { heading }) });
  }

  async attempt(): Promise<void> {
    await button(this.page, say('imports.try')).click();
    await expect(this.page.getByText(say('imports.tried'))).toBeVisible();
  }

  async bringIn(file: SampleFile): Promise<void> {
    // With refused rows the button says that only the good ones come in.
    await this.page.locator('main footer').getByRole('button').last().click();
    await expect(this.page.getByText(say('imports.done', { file: file.name }))).toBeVisible();
  }

  /** A number of the report by its label. */
  async count(key: 'rows' | 'new' | 'broughtIn' | 'updated' | 'toUpdate' | 'unchanged' | 'refused'): Promise<number> {
    const term = this.page
      .locator('dl > div')
      .filter({ has: this.page.getByText(say(`imports.count.${key}`), { exact: true }) });
    return Number((await term.locator('dd').textContent())?.replaceAll(/\D/gu, ''));
  }

  /** What a row of the file would change on existing cards, by what is in the line. */
  difference(text: string): Locator {
    return this.page
      .getByRole('grid', { name: say('imports.differences') })
      .getByRole('row')
      .filter({ hasText: text });
  }

  get refused(): Locator {
    return this.page.getByRole('grid', { name: say('imports.refusedRows') });
  }

  earlier(file: SampleFile): Locator {
    return this.page
      .getByRole('region', { name: say('imports.earlier') })
      .getByRole('row')
      .filter({ hasText: file.name });
  }
}
