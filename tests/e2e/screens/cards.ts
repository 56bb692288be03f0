import { expect, type Locator, type Page } from '@playwright/test';
import { button, field, say, saying } from '../support/texts.ts';

/** The list of cards and the open card beside it. */
export class Cards {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get list(): Locator {
    return this.page.getByRole('grid', { name: say('cards.title') });
  }

  get card(): Locator {
    return this.page.getByRole('region', { name: say('cards.card'), exact: true });
  }

  get name(): Locator {
    return this.card.getByRole('heading', { level: 2 }).first();
  }

  row(text: string): Locator {
    return this.list.getByRole('row').filter({ hasText: text });
  }

  async open(name: string): Promise<void> {
    await this.row(name).dblclick();
    await expect(this.name).toHaveText(name);
  }

  /** A field of the paper form that is being filled in: `registeredName`, `contacts.0.name`. */
  input(path: string): Locator {
    return this.card.locator(`[id="card-field-${path.replaceAll('.', '-')}"]`);
  }

  /** By the words on the form; the same field, found as a person finds it. */
  labelled(key: string): Locator {
    return field(this.card, say(key));
  }

  async completeness(): Promise<number> {
    const ring = this.card.getByRole('img', { name: saying('kit.completeness') });
    return Number(/\d+/u.exec((await ring.getAttribute('aria-label')) ?? '')?.[0]);
  }

  get saveButton(): Locator {
    return button(this.card, say('cards.save'));
  }

  /** Enter saves; answers the registration number. */
  async saved(): Promise<string> {
    const said = this.page.getByText(saying('cards.created'));
    await expect(said.last()).toBeVisible();
    return /[EP]\d+/u.exec((await said.last().textContent()) ?? '')?.[0] ?? '';
  }

  async openHistory(): Promise<Locator> {
    await button(this.card, say('cards.history.open')).click();
    return this.page.getByRole('complementary', { name: say('cards.history.title') });
  }
}
