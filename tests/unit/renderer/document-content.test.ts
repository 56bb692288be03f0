import { beforeEach, describe, expect, it, vi } from 'vitest';

const asked = { running: 0, most: 0 };
const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 7) % 251));

vi.mock('../../../renderer/gateway/archive.ts', () => ({
  archive: {
    async call(_name: string, { offset, length }: { offset: number; length: number }) {
      asked.running += 1;
      asked.most = Math.max(asked.most, asked.running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      asked.running -= 1;
      return { data: bytes.subarray(offset, offset + length).toString('base64'), total: bytes.length };
    },
  },
}));
// The window's browser has it; Node does not yet.
Object.assign(Uint8Array, { fromBase64: (text: string) => new Uint8Array(Buffer.from(text, 'base64')) });

const { contentOf, wholeOf } = await import('../../../renderer/gateway/documents.ts');

describe('the content of an opened document', () => {
  beforeEach(() => Object.assign(asked, { running: 0, most: 0 }));

  it('gives any range and the whole as they are', async () => {
    const content = await contentOf('d');
    expect(content.size).toBe(bytes.length);
    for (const [begin, end] of [
      [0, 10],
      [98_300, 98_310],
      [1_000_001, 1_500_000],
      [2_999_990, 3_000_500],
    ] as const)
      expect(Buffer.from(await content.read(begin, end)).equals(bytes.subarray(begin, end))).toBe(true);
    expect(Buffer.from(await wholeOf(content)).equals(bytes)).toBe(true);
  });

  it('asks for few pieces at once, however many places are wanted', async () => {
    const content = await contentOf('d');
    const places = Array.from({ length: 200 }, (_, at) => ((at * 37) % 200) * 15_000);
    const read = await Promise.all(places.map((begin) => content.read(begin, begin + 100)));
    expect(
      read.every((one, at) => Buffer.from(one).equals(bytes.subarray(places[at] ?? 0, (places[at] ?? 0) + 100))),
    ).toBe(true);
    expect(asked.most).toBeLessThanOrEqual(8);
  });
});
