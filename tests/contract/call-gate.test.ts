import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CallGate, createCallGate } from '../../electron/bridge/call-gate.ts';
import { CHANNELS } from '../../electron/bridge/channels.ts';
import { MESSAGE_LIMITS, toPlainValue } from '../../electron/bridge/plain-value.ts';
import { contract } from '../../shared/contract/contract.ts';
import type { Answer } from '../../shared/contract/messages.ts';

const declared = new Set(Object.keys(contract));

describe('call gate', () => {
  let reached: { name: string; input: unknown; callId: string }[];
  let cancelled: string[];
  let answerWith: () => Promise<Answer>;
  let gate: CallGate;

  beforeEach(() => {
    reached = [];
    cancelled = [];
    answerWith = async () => ({ ok: true, output: {} });
    gate = createCallGate(declared, {
      call(name, input, callId) {
        reached.push({ name, input, callId });
        return answerWith();
      },
      cancel: (callId) => void cancelled.push(callId),
    });
  });

  const good = { name: 'session.current', input: {}, callId: 'c1' };

  it('lets a well-formed call of a declared operation through', async () => {
    expect(await gate.receive(CHANNELS.call, good)).toEqual({ ok: true, output: {} });
    expect(reached).toEqual([good]);
  });

  it.each([
    ['another key', { ...good, approved: true }],
    ['a role in the envelope', { ...good, role: 'supervisor' }],
    ['no call id', { name: good.name, input: {} }],
    ['an undeclared name', { ...good, name: 'vault.exportKeys' }],
    ['a name of the prototype', { ...good, name: 'toString' }],
    ['an inherited name', { ...good, name: '__proto__' }],
    ['a call id with a path', { ...good, callId: '../x' }],
    ['an over-long string', { ...good, input: { text: 'x'.repeat(MESSAGE_LIMITS.stringLength + 1) } }],
    ['a date', { ...good, input: { day: new Date(0) } }],
    ['a map', { ...good, input: new Map([['a', 1]]) }],
    ['bytes', { ...good, input: new Uint8Array(4) }],
    ['a big integer', { ...good, input: { n: 1n } }],
    ['not a number', { ...good, input: { n: Number.NaN } }],
    ['a function', { ...good, input: { f: () => 1 } }],
    ['a sparse array', { ...good, input: { list: new Array(3) } }],
    ['own __proto__', { ...good, input: JSON.parse('{"__proto__":{"admin":true}}') }],
    ['own constructor', { ...good, input: JSON.parse('{"constructor":{"prototype":{}}}') }],
    ['text', JSON.stringify(good)],
    ['nothing', undefined],
    ['a list', [good]],
  ])('R16 refuses %s', async (_what, message) => {
    expect(await gate.receive(CHANNELS.call, message)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
    expect(reached).toEqual([]);
    expect(gate.refused).toBe(1);
  });

  it('R16 refuses cycles and depth without overflowing', async () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(toPlainValue(cycle)).toEqual({ ok: false, refusal: 'depth' });
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(toPlainValue(deep)).toEqual({ ok: false, refusal: 'depth' });
  });

  it('R16 10,000 fuzzed messages: none is let through, none throws, every one is counted', async () => {
    const channel = fc.oneof(fc.constantFrom(...Object.values(CHANNELS)), fc.string());
    // Near misses as well as noise: right keys with wrong values, one key too many, names close to real ones.
    const nearMiss = fc.record(
      {
        name: fc.oneof(
          fc.string(),
          fc.constantFrom(...declared).map((name) => `${name}x`),
          fc.anything(),
        ),
        input: fc.anything(),
        callId: fc.oneof(fc.string(), fc.anything()),
        role: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const message = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
      }),
      nearMiss,
    );
    const isRight = (value: unknown): boolean =>
      typeof value === 'object' &&
      value !== null &&
      ((Object.keys(value).length === 1 && 'callId' in value) ||
        ('name' in value && typeof value.name === 'string' && declared.has(value.name)));
    const samples = fc.sample(
      fc.tuple(channel, message).filter(([, value]) => !isRight(value)),
      { numRuns: 10_000, seed: 16 },
    );
    for (const [toChannel, value] of samples) {
      expect(await gate.receive(toChannel, value)).toMatchObject({ ok: false });
    }
    expect(samples.length).toBe(10_000);
    expect(gate.refused).toBe(10_000);
    expect(reached).toEqual([]);
    expect(cancelled).toEqual([]);
  });

  it('hands on a copy: what the page changes afterwards changes nothing', async () => {
    const input = { fields: { name: '甲' } };
    await gate.receive(CHANNELS.call, { ...good, input });
    input.fields.name = '乙';
    expect(reached[0]?.input).toEqual({ fields: { name: '甲' } });
  });

  it('leaves out keys without a value, as JSON does', async () => {
    await gate.receive(CHANNELS.call, { ...good, input: { a: undefined, b: 1 } });
    expect(reached[0]?.input).toEqual({ b: 1 });
  });

  it('refuses an id that runs and more calls at once than a window needs', async () => {
    answerWith = () => new Promise(() => {});
    void gate.receive(CHANNELS.call, good);
    expect(await gate.receive(CHANNELS.call, good)).toMatchObject({ ok: false });
    for (let index = 0; index < 300; index += 1) void gate.receive(CHANNELS.call, { ...good, callId: `n${index}` });
    expect(reached.length).toBe(128);
  });

  it('cancels by id', async () => {
    expect(await gate.receive(CHANNELS.cancel, { callId: 'c1' })).toEqual({ ok: true, output: {} });
    expect(cancelled).toEqual(['c1']);
  });

  it('answers INTERNAL, without the cause, when the target throws', async () => {
    answerWith = () => Promise.reject(new Error('passphrase canary'));
    const answer = await gate.receive(CHANNELS.call, good);
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer)).not.toContain('canary');
  });
});
