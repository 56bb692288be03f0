const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

/** PackBits (TIFF 6.0 §9), up to `size` bytes. */
export function unpackBits(data: Buffer, size: number): Buffer {
  const out = Buffer.alloc(size);
  let to = 0;
  for (let at = 0; at < data.length && to < size; ) {
    const head = data.readInt8(at);
    at += 1;
    if (head >= 0) {
      to += data.copy(out, to, at, at + head + 1);
      at += head + 1;
    } else if (head !== -128) {
      out.fill(data[at] ?? 0, to, Math.min(to + 1 - head, size));
      to = Math.min(to + 1 - head, size);
      at += 1;
    }
  }
  return out;
}

/** LZW as in TIFF 6.0 §13: codes from the high bit on, widths growing one code early. Up to `size` bytes. */
export function unpackLzw(data: Buffer, size: number): Buffer {
  const out = Buffer.alloc(size);
  // Each code is a stretch of the output already written: where it starts and how long it is.
  const starts = new Int32Array(MAX_CODES);
  const lengths = new Int32Array(MAX_CODES);
  let next = END + 1;
  let width = 9;
  let previous = -1;
  let to = 0;
  let bits = 0;
  let held = 0;
  let at = 0;
  while (to < size) {
    while (held < width) {
      if (at >= data.length) return out;
      bits = ((bits << 8) | (data[at] ?? 0)) & 0xffffff;
      held += 8;
      at += 1;
    }
    const code = (bits >> (held - width)) & ((1 << width) - 1);
    held -= width;
    if (code === END) return out;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      previous = -1;
      continue;
    }
    const from = to;
    if (code < CLEAR) {
      out[to] = code;
      to += 1;
    } else if (code < next) {
      to = copyWithin(out, starts[code] ?? 0, lengths[code] ?? 0, to);
    } else if (code === next && previous >= 0) {
      // The stretch being made: the last one and its own first byte once more.
      const start = from - lengthOf(previous, lengths);
      to = copyWithin(out, start, lengthOf(previous, lengths) + 1, to);
    } else {
      throw new RangeError('TIFF LZW code out of order');
    }
    if (previous >= 0 && next < MAX_CODES) {
      const length = lengthOf(previous, lengths);
      starts[next] = from - length;
      lengths[next] = length + 1;
      next += 1;
      if (next + 1 >= 1 << width && width < 12) width += 1;
    }
    previous = code;
  }
  return out;
}

function lengthOf(code: number, lengths: Int32Array): number {
  return code < CLEAR ? 1 : (lengths[code] ?? 0);
}

/** Byte by byte: source and target may overlap. */
function copyWithin(out: Buffer, start: number, length: number, to: number): number {
  const end = Math.min(to + length, out.length);
  for (let from = start; to < end; from++, to++) out[to] = out[from] ?? 0;
  return to;
}
