import { expect, type Locator, type Page } from '@playwright/test';
import { button, field, say } from '../support/texts.ts';

export type LoanTab = 'open' | 'overdue' | 'notices' | 'requests' | 'breaches' | 'readings' | 'returned' | 'blanks';

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

  /** A form of something that is done with a loan, by its title. */
  act(title: string): Locator {
    return this.counter.getByRole('form', { name: title });
  }

  async lend(): Promise<void> {
    await button(this.lendForm, say('loans.lend')).click();
  }

  /** The borrower has signed the printed form: Enter, and it is out. */
  async signed(): Promise<void> {
    await expect(button(this.counter, say('loans.signedNow'))).toBeFocused();
    await this.page.keyboard.press('Enter');
  }

  async show(tab: LoanTab): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: say('loans.show') })
      // A count may stand behind it where something waits.
      .getByText(new RegExp(`^${say(`loans.tab.${tab}`)}( \\d+)?$`, 'u'))
      .click();
  }

  list(tab: LoanTab): Locator {
    return this.page.getByRole('grid', { name: say(`loans.tab.${tab}`) });
  }
}
