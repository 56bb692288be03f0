/** Memory that two threads share in pieces of one size: one fills them, the other empties them, in turns. */
export interface Slots {
  readonly buffers: readonly SharedArrayBuffer[];
  view(slot: number, length: number): Buffer;
  /** Copies a stream into one slot after the other and says of each how far it is filled; waits while none is free. Ends early once abandoned. */
  fill(source: AsyncIterable<Uint8Array>, filled: (slot: number, length: number) => void): Promise<void>;
  release(slot: number): void;
  /** Nobody empties them any more: whoever fills gives up. */
  abandon(): void;
}

/** @param buffers how many slots of how many bytes are to be made, or those that the other thread made */
export function createSlots(count: number, bytes: number): Slots;
export function createSlots(buffers: readonly SharedArrayBuffer[]): Slots;
export function createSlots(given: number | readonly SharedArrayBuffer[], bytes = 0): Slots {
  const buffers = typeof given === 'number' ? Array.from({ length: given }, () => new SharedArrayBuffer(bytes)) : given;
  const views = buffers.map((buffer) => Buffer.from(buffer));
  const free = buffers.map((_, slot) => slot);
  let abandoned = false;
  let wake: () => void = () => undefined;
  const next = async () => {
    while (free.length === 0 && !abandoned)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return abandoned ? undefined : free.shift();
  };
  return {
    buffers,
    view: (slot, length) => (views[slot] ?? Buffer.alloc(0)).subarray(0, length),
    async fill(source, filled) {
      let slot: number | undefined;
      let used = 0;
      for await (const piece of source) {
        for (let at = 0; at < piece.length; ) {
          slot ??= await next();
          if (slot === undefined) return;
          const view = views[slot] as Buffer;
          const part = piece.subarray(at, at + view.length - used);
          view.set(part, used);
          at += part.length;
          used += part.length;
          if (used < view.length) continue;
          filled(slot, used);
          slot = undefined;
          used = 0;
        }
      }
      if (slot !== undefined && !abandoned) filled(slot, used);
    },
    release(slot) {
      free.push(slot);
      wake();
    },
    abandon() {
      abandoned = true;
      wake();
    },
  };
}
