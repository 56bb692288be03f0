import { expect, type Locator, type Page } from '@playwright/test';
import { button, field, say } from '../support/texts.ts';

/** The counter and the lists beside it. */
export class Loans {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get counter(): Locator {
    return this.page.getByRole('region', { name: say('loans.counter') });
  }

  get code(): Locator {
    return this.page.getByLabel(say('loans.codeLabel'));
  }

  get lendForm(): Locator {
    return this.page.getByRole('form', { name: say('loans.lendForm') });
  }

  get returnForm(): Locator {
    return this.page.getByRole('form', { name: say('loans.returnForm') });
  }

  /** What a scanner does: types fast, ends with Enter. */
  async scan(code: string): Promise<void> {
    await expect(this.code).toBeFocused();
    await this.page.keyboard.type(code);
    await this.page.keyboard.press('Enter');
  }

  async chooseBorrower(sought: string, name: string): Promise<void> {
    const box = field(this.lendForm, say('loans.borrower'));
    await box.fill(sought);
    await this.page.getByRole('option', { name: new RegExp(name, 'u') }).click();
  }

  async lend(): Promise<void> {
    await button(this.lendForm, say('loans.lend')).click();
  }

  async show(tab: 'open' | 'overdue' | 'returned'): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: say('loans.show') })
      .getByText(say(`loans.tab.${tab}`))
      .click();
  }

  list(tab: 'open' | 'overdue' | 'returned'): Locator {
    return this.page.getByRole('grid', { name: say(`loans.tab.${tab}`) });
  }
}
