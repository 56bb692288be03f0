import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { HOST, openDesk } from './support/launch.ts';

function filesHolding(folder: string, text: string): string[] {
  const patterns = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      try {
        const content = readFileSync(path);
        return patterns.some((pattern) => content.includes(pattern));
      } catch {
        return false; // removed meanwhile
      }
    });
}

test('R01 what is typed into a form stays out of every file of the data folder, running and closed', async () => {
  test.skip(HOST === 'electron', 'Electron has neither form suggestions nor session files; a browser has both');
  const folder = mkdtempSync(join(tmpdir(), 'dossier-desk-e2e-'));
  try {
    const desk = await openDesk({ dataFolder: folder });
    const { page } = desk;
    // A form of the kind that browsers like to remember, whatever screen is open.
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.id = 'canary-form';
      form.style.position = 'fixed';
      form.style.inset = '0';
      form.style.zIndex = '99999';
      for (const [name, type] of Object.entries({ name: 'text', email: 'email', phone: 'tel', note: 'text' })) {
        const field = document.createElement('input');
        Object.assign(field, { name, type, id: `canary-${name}`, autocomplete: 'on' });
        form.append(field);
      }
      form.addEventListener('submit', (event) => event.preventDefault());
      document.body.append(form);
    });
    await page.fill('#canary-name', 'CANARY-NAME');
    await page.fill('#canary-email', 'canary@canarymail.tw');
    await page.fill('#canary-phone', '0912345678');
    await page.fill('#canary-note', 'CANARY-NOTE');
    await page.evaluate(() => {
      (document.getElementById('canary-form') as HTMLFormElement).requestSubmit();
      history.pushState({}, '', '#canary');
      history.back();
    });
    // A browser writes its session files some seconds late.
    await page.waitForTimeout(11_000);
    for (const text of ['CANARY-N', 'canarymail', '0912345678']) expect(filesHolding(folder, text)).toEqual([]);
    await page.reload();
    await desk.close();
    for (const text of ['CANARY-N', 'canarymail', '0912345678']) expect(filesHolding(folder, text)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
