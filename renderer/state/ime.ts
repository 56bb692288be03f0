/** What a key event of React or of the DOM has in common. */
interface KeyLike {
  readonly key: string;
  readonly keyCode?: number;
  readonly isComposing?: boolean;
  readonly nativeEvent?: { readonly isComposing?: boolean; readonly keyCode?: number };
}

const PROCESS_KEY = 229;

/**
 * True while a Chinese input method is composing: no shortcut, no Enter, no Escape may act then. Chromium ends a
 * composition with a key event whose `isComposing` is already false but whose key code is still 229.
 */
export function isComposing(event: KeyLike): boolean {
  const native = event.nativeEvent ?? event;
  return native.isComposing === true || native.keyCode === PROCESS_KEY || event.key === 'Process';
}
