import { expect, test } from '@playwright/test';
import { PDFDocument } from 'pdf-lib';
import { enterpriseCardForm } from '../../shared/domain/forms/enterprise-card.ts';
import type { FieldDefinition } from '../../shared/domain/forms/field.ts';
import { DeskFrame } from './screens/desk-frame.ts';
import { ask, type OpenedArchive, openDeskWithArchive, upload } from './support/desk-archive.ts';

/** Ways in which text becomes script where a page is careless; `RUN` is what would be noticed. */
const RUN = "(window.hostileRan=window.hostileRan||[]).push('N')";
const SHAPES = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `"><svg onload="${RUN}">`,
  `'><body onload='${RUN}'>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>">`,
  `<a href="javascript:${RUN}">x</a>`,
  `javascript:${RUN}`,
  `\${${RUN}}`,
  `{{constructor.constructor("${RUN}")()}}`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror="${RUN}">`,
  `<details open ontoggle="${RUN}">`,
  `<template><script>${RUN}</script></template>`,
  `<style>@import 'data:text/css,x'</style><b style="animation:x" onanimationstart="${RUN}">`,
  `<object data="data:text/html,<script>${RUN}</script>">`,
  `<input autofocus onfocus="${RUN}">`,
  `\u202e<img src=x onerror="${RUN}">`,
  `<!--<img src="--><img src=x onerror="${RUN}//">`,
  `=HYPERLINK("javascript:${RUN}")`,
  `<base href="javascript:/"><a href="x">`,
  `<form><button formaction="javascript:${RUN}">`,
];
const PAYLOADS = Array.from({ length: 200 }, (_, index) =>
  (SHAPES[index % SHAPES.length] ?? '').replaceAll("'N'", `'${index}'`),
);

const texts = (fields: readonly FieldDefinition[]): FieldDefinition[] =>
  fields.filter(({ type, computed }) => (type === 'text' || type === 'longText') && computed !== true);

/** A card with hostile text in every field of text, and in every list. */
function hostileCard(payload: string): Record<string, string | Record<string, string>[]> {
  const short = (field: FieldDefinition): string => payload.slice(0, field.maxLength ?? 400);
  const values: Record<string, string | Record<string, string>[]> = {};
  for (const field of enterpriseCardForm.sections.flatMap((section) => section.fields)) {
    if (texts([field]).length > 0) values[field.key] = short(field);
    if (
      field.type === 'list' &&
      field.itemFields?.every((part) => part.required !== 'required' || texts([part]).length > 0)
    )
      values[field.key] = [Object.fromEntries(texts(field.itemFields).map((part) => [part.key, short(part)]))];
  }
  return values;
}

async function pdfTitled(title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(title);
  document.setAuthor(title);
  document.addPage([300, 300]);
  return document.save();
}

test.describe('R15 hostile text', () => {
  let desk: OpenedArchive;
  let dialogs = 0;

  test.beforeAll(async () => {
    desk = await openDeskWithArchive();
    desk.page.on('dialog', () => {
      dialogs += 1;
    });
  });
  test.afterAll(() => desk.close());

  const nothingRan = async (): Promise<void> => {
    expect(await desk.page.evaluate(() => Reflect.get(window, 'hostileRan') ?? [])).toEqual([]);
    expect(dialogs).toBe(0);
  };

  test('200 payloads in every text field, file name, import cell and PDF title are shown as text and run 0 times', async () => {
    const { page } = desk;
    const frame = new DeskFrame(page);
    let first = '';
    for (const payload of PAYLOADS) {
      const { number } = await ask(page, 'customers.create', { kind: 'enterprise', values: hostileCard(payload) });
      first ||= number;
    }
    for (const payload of SHAPES.slice(0, 8)) {
      const { code } = await ask(page, 'dossiers.addPaper', {
        customer: first,
        type: 'businessLicence',
        title: payload,
        documentNumber: payload.slice(0, 100),
        place: payload.slice(0, 100),
        note: payload,
      });
      await ask(page, 'scans.attach', {
        upload: await upload(page, `${payload.replaceAll('/', '∕')}.pdf`.slice(-180), await pdfTitled(payload)),
        code,
      });
    }
    const table = `客戶名稱,電話,地址\n${PAYLOADS.map((text) => `"${text.replaceAll('"', '""')}",02-27001234,"${text.replaceAll('"', '""')}"`).join('\n')}\n`;
    const read = await ask(page, 'imports.read', {
      upload: await upload(page, 'x.csv', Buffer.from(table), 'table'),
      kind: 'enterprise',
    });
    expect(read).toBeTruthy();
    await nothingRan();

    await frame.go('cards');
    await expect(page.getByText(`'0'`, { exact: false }).first()).toBeVisible();
    for (let index = 0; index < 6; index += 1) {
      await page.mouse.wheel(0, 2_000);
      await page.waitForTimeout(150);
    }
    for (const screen of ['today', 'dossiers', 'loans', 'binding', 'audit', 'people', 'settings', 'cards'] as const) {
      await frame.go(screen);
      await page.waitForTimeout(400);
      await nothingRan();
    }
    await frame.search('onerror');
    await expect(frame.hits.first()).toBeVisible();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(800);
    await expect(page.getByText('hostileRan', { exact: false }).first()).toBeVisible();
    await nothingRan();
    await frame.search(first);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(800);
    await nothingRan();
  });
});
