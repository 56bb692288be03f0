import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveOperationName, InputOf } from '../../../shared/contract/contract.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import { openTestArchive, type TestArchive } from '../../support/open-test-archive.ts';

let desk: TestArchive;
let number = '';
beforeAll(async () => {
  desk = await openTestArchive();
  ({ number } = await desk.dispatch('customers.create', {
    kind: 'enterprise',
    values: { registeredName: '甲公司', telephone: '02-1' },
  }));
});
afterAll(() => desk.close());

/** The desk in another role: what each may call is checked by the role matrix; here the acts of both meet. */
async function as<T>(role: Role, act: () => Promise<T>): Promise<T> {
  const { session } = desk.surroundings;
  const before = session.actor;
  session.actor = { ...desk.archive.deskActor, role, displayName: role === 'supervisor' ? '王主管' : '王小明' };
  try {
    return await act();
  } finally {
    session.actor = before;
  }
}
const supervisor = <N extends ArchiveOperationName>(name: N, input: InputOf<N>) =>
  as('supervisor', () => desk.dispatch(name, input));
const refusal = async (role: Role, name: ArchiveOperationName, input: unknown) => {
  const answer = await as(role, () => desk.answer(name, input));
  return answer.ok ? 'ok' : (answer.error.fields?.[0]?.message ?? answer.error.code);
};
const list = async (show: 'toAnswer' | 'toReview' | 'accepted') => (await desk.dispatch('reviews.list', { show })).rows;

describe('guidance by the supervisor (C7)', () => {
  it('handed in, remarked on a field, sent back, answered, accepted: each step is on the right list', async () => {
    await desk.dispatch('reviews.submit', { number });
    expect(await list('toReview')).toMatchObject([{ number, state: 'submitted' }]);
    expect(await refusal('keeper', 'reviews.submit', { number })).toBe('validation.review.alreadySubmitted');

    const { id } = await supervisor('reviews.remark', { number, field: 'telephone', text: '請核對區號' });
    expect(await refusal('supervisor', 'reviews.remark', { number, field: 'noSuchField', text: 'x' })).toBe(
      'validation.unknownField',
    );
    expect(await refusal('supervisor', 'reviews.decide', { number, revision: 1, decision: 'accepted' })).toBe(
      'validation.review.remarksOpen',
    );
    await supervisor('reviews.decide', { number, revision: 1, decision: 'sentBack' });
    expect(await list('toAnswer')).toMatchObject([
      { number, state: 'sentBack', openRemarks: 1, fields: ['telephone'] },
    ]);
    expect(await refusal('keeper', 'reviews.submit', { number })).toBe('validation.review.remarksOpen');

    await desk.dispatch('customers.update', { number, revision: 1, values: { telephone: '02-2700-1234' } });
    await desk.dispatch('reviews.answer', { id, text: '已改' });
    await desk.dispatch('reviews.submit', { number });
    expect(await list('toReview')).toMatchObject([{ number, answeredRemarks: 1 }]);
    expect(await refusal('supervisor', 'reviews.decide', { number, revision: 1, decision: 'accepted' })).toBe(
      'CONFLICT',
    );
    await supervisor('reviews.decide', { number, revision: 2, decision: 'accepted', note: '可' });

    const card = await desk.dispatch('reviews.ofCard', { number });
    expect(card).toMatchObject({
      state: 'accepted',
      remarks: [{ state: 'settled', answer: '已改', settledBy: '王主管' }],
    });
    expect(card.acts.map((act) => act.act)).toEqual(['accepted', 'submitted', 'sentBack', 'submitted']);
    expect(await list('toAnswer')).toEqual([]);
    expect(await list('accepted')).toHaveLength(1);
  });

  it('nothing is sent back without a word, and an answered remark can be opened again', async () => {
    const other = (await desk.dispatch('customers.create', { kind: 'individual', values: { name: '乙' } })).number;
    expect(await refusal('supervisor', 'reviews.decide', { number: other, revision: 1, decision: 'sentBack' })).toBe(
      'validation.review.nothingSaid',
    );
    const { id } = await supervisor('reviews.remark', { number: other, field: '', text: '太簡略' });
    await desk.dispatch('reviews.answer', { id, text: '已補' });
    await supervisor('reviews.settle', { id, settled: false, text: '仍太簡略' });
    expect((await list('toAnswer')).map((row) => row.number)).toEqual([other]);
    await desk.dispatch('reviews.answer', { id, text: '再補' });
    await supervisor('reviews.settle', { id, settled: true });
    expect(await refusal('keeper', 'reviews.answer', { id, text: '又' })).toBe('CONFLICT');
  });

  it("at the keeper's desk a decision needs the supervisor's agreement to exactly this card and these words", async () => {
    const { number: other } = await desk.dispatch('customers.create', {
      kind: 'enterprise',
      values: { registeredName: '丙公司' },
    });
    const decision = {
      number: other,
      decision: 'sentBack' as const,
      note: '',
      remarks: [{ field: 'registeredName', text: '請寫全稱' }],
    };
    expect(await refusal('keeper', 'reviews.decideAgreed', decision)).toBe('SECOND_PERSON_MISSING');
    const { id: staffId } = await desk.dispatch('staff.save', { name: '王主管', number: 'S9' } as never);
    const { statement } = await desk.dispatch('reviews.statement', decision);
    const today = new Date().toISOString().slice(0, 10);
    await desk.dispatch('agreements.record', { statement, staffId, role: 'supervisor', signedOn: today });
    expect(await refusal('keeper', 'reviews.decideAgreed', { ...decision, note: '另' })).toBe('SECOND_PERSON_MISSING');
    await desk.dispatch('reviews.decideAgreed', decision);
    const card = await desk.dispatch('reviews.ofCard', { number: other });
    expect(card).toMatchObject({ state: 'sentBack', remarks: [{ madeBy: '王主管', field: 'registeredName' }] });
    expect(card.acts[0]?.agreement).not.toBe('');
    expect(await refusal('keeper', 'reviews.decideAgreed', decision)).toBe('SECOND_PERSON_MISSING');
  });

  it('R36: the log names fields and decisions, never what was said', async () => {
    const entries = desk.archive.audit.list({ limit: 200 }).entries.filter((entry) => entry.type.startsWith('review.'));
    expect(entries.length).toBeGreaterThan(5);
    expect(JSON.stringify(entries)).not.toMatch(/區號|簡略|全稱/);
  });
});
