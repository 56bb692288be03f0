/** What this program put on the clipboard, for as long as it may stay there (R27). */
export interface SystemClipboard {
  readText(): string | Promise<string>;
  writeText(text: string): unknown;
  clear(): unknown;
}

const STAYS_MS = 10_000;

export class CopiedText {
  readonly #clipboard: SystemClipboard;
  #copied: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(clipboard: SystemClipboard) {
    this.#clipboard = clipboard;
  }

  async copy(text: string): Promise<void> {
    await this.#clipboard.writeText(text);
    this.#copied = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.forget(), STAYS_MS);
  }

  /** After ten seconds, at a lock and at the end: takes it away, unless something else has been copied since. */
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    const copied = this.#copied;
    this.#copied = undefined;
    if (copied !== undefined && (await this.#clipboard.readText()) === copied) await this.#clipboard.clear();
  }
}
