import type { Page } from '@playwright/test';

/** A Chinese input method at work in the field that has the focus. */
export interface InputMethod {
  /** Shows letters that have not become characters yet. */
  compose(text: string): Promise<void>;
  /** The characters that were chosen; an empty text gives the composition up. */
  commit(text: string): Promise<void>;
  /** A key that the input method takes for itself: the page hears it with key code 229, as Chromium sends it. */
  keyWhileComposing(key: string): Promise<void>;
}

/** Through Chromium's own way in for input methods, so that the page sees what it sees from a real one. */
export async function composeInput(page: Page): Promise<InputMethod> {
  const session = await page.context().newCDPSession(page);
  return {
    compose: (text) =>
      session
        .send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
        .then(() => undefined),
    async commit(text) {
      if (text === '') await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
      else await session.send('Input.insertText', { text });
    },
    keyWhileComposing: (key) =>
      page.evaluate((pressed) => {
        const init = { key: pressed, bubbles: true, cancelable: true, isComposing: true, keyCode: 229 } as const;
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init));
      }, key),
  };
}
