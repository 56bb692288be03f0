import { expect, type Locator, type Page } from '@playwright/test';
import type { SampleFile } from '../support/sample-files.ts';
import { button, field, say } from '../support/texts.ts';

/** The list of dossiers and the binder of one customer. */
export class Dossiers {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get list(): Locator {
    return this.page.getByRole('grid', { name: say('dossiers.title') });
  }

  async open(customer: string): Promise<void> {
    await this.list.getByRole('row').filter({ hasText: customer }).dblclick();
    await expect(this.divider(1)).toBeVisible();
  }

  divider(dossierClass: number): Locator {
    return this.page
      .getByRole('navigation', { name: say('dossiers.spine') })
      .getByRole('button', { name: new RegExp(say(`dossierClass.${dossierClass}`), 'u') });
  }

  get catalogue(): Locator {
    return this.page.getByRole('list', { name: say('dossiers.catalogue'), exact: true });
  }

  /** The line of a paper, or of the gap where one is missing. */
  line(text: string): Locator {
    return this.catalogue.getByRole('listitem').filter({ hasText: text });
  }

  gap(type: string): Locator {
    return this.line(say('dossiers.gap', { type: say(`documentType.${type}`) }));
  }

  get gaps(): Locator {
    return this.catalogue.getByRole('listitem').filter({ has: button(this.page, say('dossiers.fileIt')) });
  }

  get pane(): Locator {
    return this.page.getByRole('complementary');
  }

  paperField(key: string): Locator {
    return field(this.pane, say(`dossiers.field.${key}`));
  }

  async chooseType(type: string): Promise<void> {
    await this.paperField('type').click();
    await this.page.getByRole('option', { name: new RegExp(`${say(`documentType.${type}`)}$`, 'u') }).click();
  }

  /** Drops files as a file manager does. */
  async drop(target: Locator, files: readonly SampleFile[]): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(
      (given) => {
        const transfer = new DataTransfer();
        for (const { name, mimeType, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          transfer.items.add(new File([bytes], name, { type: mimeType }));
        }
        return transfer;
      },
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') })),
    );
    for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer });
    await dataTransfer.dispose();
  }

  /** The code that was given to the paper filed last. */
  async filedCode(): Promise<string> {
    const [before = ''] = say('dossiers.filedFirst', { code: '@', class: '' }).split('@');
    const said = this.page.getByText(new RegExp(`^${before}`, 'u')).last();
    await expect(said).toBeVisible();
    // Behind it stands where the sheet is put.
    return /^[^：:]+/u.exec(((await said.textContent()) ?? '').slice(before.length))?.[0] ?? '';
  }
}
