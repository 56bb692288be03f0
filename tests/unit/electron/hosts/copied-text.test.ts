import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CopiedText } from '../../../../electron/hosts/copied-text.ts';

let held = '';
const clipboard = {
  readText: () => held,
  writeText: (text: string) => {
    held = text;
  },
  clear: () => {
    held = '';
  },
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('R27 what was copied is off the clipboard after ten seconds, counted from the last copy', async () => {
  const copied = new CopiedText(clipboard);
  await copied.copy('統一編號 12345675');
  await vi.advanceTimersByTimeAsync(6_000);
  await copied.copy('額度 1,000,000');
  await vi.advanceTimersByTimeAsync(9_999);
  expect(held).toBe('額度 1,000,000');
  await vi.advanceTimersByTimeAsync(1);
  expect(held).toBe('');
});

test('R27 at a lock it is off at once; what another program copied since stays', async () => {
  const copied = new CopiedText(clipboard);
  await copied.copy('統一編號 12345675');
  await copied.forget();
  expect(held).toBe('');
  await copied.copy('統一編號 12345675');
  held = 'from somewhere else';
  await copied.forget();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(held).toBe('from somewhere else');
});
