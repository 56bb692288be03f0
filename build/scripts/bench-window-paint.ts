import type { Page } from 'playwright-core';

/** When the window has painted what a key asked for, told by the window itself. */

/** Nothing changes any more in what is watched for so long, and the picture is whole. */
const AT_REST_MS = 250;
const LONGEST_MS = 10_000;

interface Watch {
  /** When the last key or press came, by the window's clock. */
  at: number;
  /** When the picture after the last change was painted; NaN before the first change. */
  painted: number;
  changed: number;
  /** Pictures that are not painted yet, of changes that were seen. */
  waiting: number;
  stop(): void;
}
type Scope = Window & { benchWatch?: Watch };

/** Watches what changes in sight under `selector` from the next key or press on. */
export const watchPaints = (page: Page, selector: string): Promise<void> =>
  page.evaluate((watched) => {
    const scope = window as Scope;
    scope.benchWatch?.stop();
    const watch: Watch = { at: Number.NaN, painted: Number.NaN, changed: 0, waiting: 0, stop: () => {} };
    const noted = (event: Event): void => {
      watch.at = event.timeStamp;
      watch.painted = Number.NaN;
    };
    let seen: { records: MutationRecord[]; at: number }[] = [];
    const counts = (records: readonly MutationRecord[]): boolean => {
      const holds = (node: Node) =>
        node instanceof Element && (node.matches(watched) || node.querySelector(watched) !== null);
      const inSight = (element: Element) => {
        // Where it stands is asked of nothing that is not laid out: to tell it, that would be.
        if (!element.checkVisibility({ contentVisibilityAuto: true })) return false;
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      };
      // What goes on around it is another matter (a dialog that has faded out gives the page its scrolling back), and what is out of sight.
      return records.some(({ target, addedNodes }) => {
        const element = target instanceof Element ? target : target.parentElement;
        if (element !== null && element.closest(watched) !== null) return inSight(element);
        return [...addedNodes].some(holds);
      });
    };
    const observer = new MutationObserver((records) => {
      if (Number.isNaN(watch.at)) return;
      seen.push({ records, at: performance.now() });
      if (seen.length > 1) return;
      watch.waiting += 1;
      requestAnimationFrame(() => {
        const batches = seen;
        seen = [];
        // A task of its own runs once the frame is painted. What stands where is asked there: before, the page would be laid out for the asking.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          const painted = performance.now();
          watch.waiting -= 1;
          const last = batches.findLast(({ records: batch }) => counts(batch));
          if (last === undefined) return;
          watch.changed = last.at;
          watch.painted = painted;
        };
        channel.port2.postMessage(0);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, noted, { capture: true });
    watch.stop = () => {
      observer.disconnect();
      for (const kind of ['keydown', 'pointerdown']) removeEventListener(kind, noted, { capture: true });
    };
    scope.benchWatch = watch;
  }, selector);

/** Milliseconds from the last key or press to the picture of the last change that came of it; undefined: nothing changed. */
export async function lastPaint(page: Page): Promise<number | undefined> {
  const took = await page.evaluate(
    ([rest, longest]) =>
      new Promise<number>((resolve) => {
        const begun = performance.now();
        const look = (): void => {
          const watch = (window as Scope).benchWatch;
          const now = performance.now();
          if (watch !== undefined && watch.waiting === 0 && now - Math.max(begun, watch.changed) > rest)
            resolve(watch.painted - watch.at);
          else if (now - begun > longest) resolve(Number.NaN);
          else setTimeout(look, 20);
        };
        look();
      }),
    [AT_REST_MS, LONGEST_MS] as const,
  );
  return Number.isNaN(took) ? undefined : took;
}

/** Times of the window's frames during `work`, milliseconds between each and the one before. */
export async function framesDuring(page: Page, work: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const scope = window as Window & { benchFrames?: { at: number[]; on: boolean } };
    const frames = { at: [] as number[], on: true };
    scope.benchFrames = frames;
    const note = (at: number): void => {
      frames.at.push(at);
      if (frames.on) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await work();
  const at = await page.evaluate(() => {
    const { benchFrames } = window as Window & { benchFrames?: { at: number[]; on: boolean } };
    if (benchFrames !== undefined) benchFrames.on = false;
    return benchFrames?.at ?? [];
  });
  return at.slice(1).map((one, index) => one - (at[index] ?? one));
}

/** Frames a second in each stretch of half a second. */
export function framesASecond(gaps: readonly number[], stretchMs = 500): number[] {
  const rates: number[] = [];
  let frames = 0;
  let lasted = 0;
  for (const gap of gaps) {
    frames += 1;
    lasted += gap;
    if (lasted < stretchMs) continue;
    rates.push((frames * 1000) / lasted);
    frames = 0;
    lasted = 0;
  }
  return rates;
}
