import { expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: 'X11; Linux x86_64' });
class FakeElement {
  readonly type = 'text';
  readonly isContentEditable = false;
  closest(): null {
    return null;
  }
}
class FakeInput extends FakeElement {}
vi.stubGlobal('HTMLElement', FakeElement);
vi.stubGlobal('HTMLInputElement', FakeInput);
vi.stubGlobal('HTMLTextAreaElement', class extends FakeElement {});
vi.stubGlobal('HTMLSelectElement', class extends FakeElement {});
const { dispatchShortcut, spellingOf, useShortcuts } = await import('../../../renderer/state/shortcuts.ts');

function press(key: string, event: Partial<KeyboardEvent> & { target?: unknown } = {}): boolean {
  const preventDefault = vi.fn();
  dispatchShortcut({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    target: new FakeElement(),
    preventDefault,
    ...event,
  } as unknown as KeyboardEvent);
  return preventDefault.mock.calls.length > 0;
}

function register(keys: string, inInputs = false) {
  const handler = vi.fn();
  const id = Math.random();
  useShortcuts.getState().add({ id, keys, labelKey: 'x', groupKey: 'y', inInputs, handler });
  return { handler, remove: () => useShortcuts.getState().remove(id) };
}

test.each([
  [{ key: 'K', ctrlKey: true }, 'mod+k'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: 'ArrowLeft', altKey: true }, 'alt+arrowleft'],
  [{ key: ' ' }, 'space'],
  [{ key: 'N', shiftKey: true }, 'shift+n'],
])('146: %o is written %s', (event, spelling) => {
  expect(spellingOf({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...event })).toBe(spelling);
});

test('155: nothing acts while an input method composes, by any of its signs', () => {
  const { handler, remove } = register('n');
  expect(press('n', { isComposing: true })).toBe(false);
  expect(press('n', { keyCode: 229 })).toBe(false);
  expect(press('Process')).toBe(false);
  expect(handler).not.toHaveBeenCalled();
  expect(press('n')).toBe(true);
  expect(handler).toHaveBeenCalledOnce();
  remove();
});

test('146: a single letter does not act while somebody types, Ctrl keys do', () => {
  const letter = register('n');
  const save = register('mod+s', true);
  const target = new FakeInput() as unknown as EventTarget;
  expect(press('n', { target })).toBe(false);
  expect(press('s', { target, ctrlKey: true })).toBe(true);
  letter.remove();
  save.remove();
});

test('146: a key pressed in a field that has just gone is a key of what is there now', () => {
  vi.stubGlobal('document', { activeElement: new FakeElement() });
  const { handler, remove } = register('e');
  const target = Object.assign(new FakeInput(), { isConnected: false }) as unknown as EventTarget;
  expect(press('e', { target })).toBe(true);
  expect(handler).toHaveBeenCalledOnce();
  remove();
});

test('146: the screen that was opened last has the key, and gives it back when it is left', () => {
  const below = register('e');
  const above = register('e');
  press('e');
  expect(above.handler).toHaveBeenCalledOnce();
  above.remove();
  press('e');
  expect(below.handler).toHaveBeenCalledOnce();
  below.remove();
});
