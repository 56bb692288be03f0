import { cardFields } from '../../../shared/domain/form-fields.ts';
import { addDays } from '../../../shared/util/days.ts';
import { insertFilling } from '../../store/card-fillings.ts';
import { insertRemark, insertReview, updateRemark, writeReviewState } from '../../store/card-reviews.ts';
import { foldForSearch } from '../../store/search-text.ts';
import type { Writer } from '../../store/sql.ts';
import { isLate, packConfirmations, type StoredValues } from '../customer-record.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { PracticeCustomer } from './practice-customer.ts';

/** What makes cards worth practising on: facts of different age, remarks of the supervisor, cards filled in late, a double here and there. */

/** Every so many cards one is the double of another that stands this far before it. */
const DOUBLE_EVERY = 37;
const DOUBLE_BACK = 23;

/** Position of the card that a card is a double of; undefined for most. */
export function doubleOf(position: number): number | undefined {
  return position >= DOUBLE_BACK && position % DOUBLE_EVERY === DOUBLE_BACK ? position - DOUBLE_BACK : undefined;
}

/** The same customer written down a second time: in other characters or under another legal form, with the same phone and no code. */
export function asDouble(customer: PracticeCustomer, original: PracticeCustomer): PracticeCustomer {
  const name = original.values['registeredName'];
  if (customer.kind !== 'enterprise' || original.kind !== 'enterprise' || typeof name !== 'string') return customer;
  const folded = foldForSearch(name);
  const written = folded === name ? name.replace(/有限(?:责任)?公司$/u, '有限责任公司') : folded;
  const { unifiedSocialCreditCode: _code, taiwanBusinessNumber: _number, taxNumber: _tax, ...values } = customer.values;
  const { telephone } = original.values;
  return {
    ...customer,
    values: { ...values, registeredName: written, ...(telephone === undefined ? {} : { telephone }) },
  };
}

/** Every so many enterprises one belongs to a group. */
const MEMBER_EVERY = 19;
/** A group is one of the enterprises shortly before. */
const GROUP_BACK = 5;

/**
 * A branch of an earlier enterprise; most cards as they are.
 * @param firmBefore registration number of the enterprise that many places back, undefined if there is none
 */
export function asMember(
  customer: PracticeCustomer,
  firmBefore: (back: number) => string | undefined,
): PracticeCustomer {
  const { kind, sequence, values } = customer;
  const group = kind === 'enterprise' && sequence % MEMBER_EVERY === 0 ? firmBefore(GROUP_BACK) : undefined;
  return group === undefined ? customer : { ...customer, values: { ...values, parentCompany: group } };
}

const OLD_SHARE = 0.3;

/** Who confirmed what when: most of a card with its last change, a part of it last when the card was opened (C6, M1). */
export function factAges(seed: number, customer: PracticeCustomer, by: string): string {
  const draw = drawFrom(seed, 8, customer.sequence);
  const kept = draw.chance(0.6);
  const entry = (key: string): [string, { at: string; by: string; evidence: string }] =>
    kept && draw.chance(OLD_SHARE)
      ? [key, { at: customer.createdAt, by, evidence: '' }]
      : [key, { at: customer.updatedAt, by, evidence: customer.evidence }];
  return packConfirmations(Object.fromEntries(Object.keys(customer.values).map(entry)));
}

const WORDS = {
  telephone: ['電話少了區號，請核對。', '已補上區號。'],
  registeredAddress: ['註冊地址與執照不同，請看原件。', '已照執照更正。'],
  legalRepresentative: ['聽說負責人已換，請下次訪問時確認。', '訪問時已確認，未換。'],
  mainProducts: ['主營產品太籠統，請寫出三項。', '已寫明。'],
  contacts: ['聯絡人只有一位，請補採購與財務。', '已補財務聯絡人。'],
  creditLimit: ['額度與審批表不一致。', '已照審批表更正。'],
  employer: ['工作單位請寫全稱。', '已補全稱。'],
  mobile: ['手機號碼請再確認。', '已撥通確認。'],
} as const;

function remarkedField(draw: Draw, values: StoredValues): keyof typeof WORDS | undefined {
  const fields = (Object.keys(WORDS) as (keyof typeof WORDS)[]).filter((key) => values[key] !== undefined);
  return fields.length === 0 ? undefined : draw.pick(fields);
}

export interface MattersFrame {
  readonly seed: number;
  readonly keeper: string;
  readonly supervisor: string;
  readonly latenessHours: number;
  readonly today: string;
}

/** Filling in after the last visit (C4), and where some cards stand between keeper and supervisor (C7). */
export function writeCardMatters(sql: Writer, frame: MattersFrame, customer: PracticeCustomer, id: number): void {
  const { keeper, supervisor, latenessHours, today } = frame;
  const { visitedAt, updatedAt, values, kind } = customer;
  if (visitedAt !== null && visitedAt <= updatedAt)
    insertFilling(sql, {
      customer_id: id,
      visited_at: visitedAt,
      filled_at: updatedAt,
      filled_by: keeper,
      limit_hours: latenessHours,
      late: isLate(visitedAt, updatedAt, latenessHours) ? 1 : 0,
    });
  const draw = drawFrom(frame.seed, 9, customer.sequence, kind === 'enterprise' ? 0 : 1);
  const standing = draw.weighted<'none' | 'submitted' | 'sentBack' | 'accepted'>([
    ['none', 78],
    ['submitted', 6],
    ['sentBack', 8],
    ['accepted', 8],
  ]);
  const field = remarkedField(draw, values);
  if (standing === 'none' || field === undefined || !cardFields(kind).some((one) => one.key === field)) return;
  const at = (daysAgo: number) => `${addDays(today, -daysAgo)}T0${draw.between(1, 8)}:${draw.between(10, 59)}:00.000Z`;
  const revision = customer.changes.length === 0 ? 1 : 2;
  const begun = draw.between(6, 20);
  const act = { customer_id: id, revision, agreement: '' };
  insertReview(sql, { ...act, act: 'submitted', note: '', at: at(begun), by: keeper });
  if (standing === 'submitted') {
    writeReviewState(sql, id, at(begun));
    return;
  }
  const [text, answer] = WORDS[field];
  const made = { customer_id: id, field, text, made_at: at(begun - 2), made_by: supervisor, revision };
  const remark = insertRemark(sql, made);
  insertReview(sql, { ...act, act: 'sentBack', note: '', at: at(begun - 2), by: supervisor });
  if (standing === 'accepted') {
    const done = at(begun - 5);
    updateRemark(sql, {
      ...made,
      id: remark,
      state: 'settled',
      answer,
      answered_at: at(begun - 4),
      answered_by: keeper,
      settled_at: done,
      settled_by: supervisor,
    });
    insertReview(sql, { ...act, act: 'submitted', note: '', at: at(begun - 4), by: keeper });
    insertReview(sql, { ...act, act: 'accepted', note: '', at: done, by: supervisor });
  }
  writeReviewState(sql, id, at(begun - 2));
}
