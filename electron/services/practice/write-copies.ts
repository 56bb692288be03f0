import type { RecipientRole } from '../../../shared/domain/issued-copies.ts';
import { DEFAULT_PATTERNS, formatNumber } from '../../../shared/domain/numbering.ts';
import { addDays } from '../../../shared/util/days.ts';
import { markAgreementUsed } from '../../store/agreements.ts';
import { findCopyRequestById, insertCopyRequest, setRequested } from '../../store/copy-requests.ts';
import { findCustomer } from '../../store/customers.ts';
import { findIssuedCopyById, insertCopyEvent, insertIssuedCopy, updateIssuedCopy } from '../../store/issued-copies.ts';
import { takeSequence } from '../../store/number-sequence.ts';
import { addToRound, closeRound, insertRound, settleInRounds } from '../../store/recovery-rounds.ts';
import { indexNewRecord } from '../../store/search-index.ts';
import type { Writer } from '../../store/sql.ts';
import { sha256Hex } from '../../vault/hash.ts';
import { statementHash, writeAgreement } from '../agreements.ts';
import { consentStatement, recoverByOf } from '../copy-requests.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import type { WrittenPaper } from './write-customers.ts';

/** Issued copies of a practice archive (I1–I3): back, destroyed, out, overdue, one missing, one not yet handed over, requests that wait. */

type Fate = 'recovered' | 'destroyed' | 'out' | 'overdue' | 'missing' | 'made' | 'consented' | 'waiting';

interface Person {
  readonly id: number;
  readonly name: string;
  readonly position: string;
  readonly login: string | null;
  readonly active: number;
}

export interface CopyFrame {
  readonly world: PracticeWorld;
  readonly keeper: string;
  readonly staff: readonly Person[];
  /** Copies of papers that are no originals, with their customers. */
  readonly papers: readonly WrittenPaper[];
  /** Numbers of customers that may be named. */
  readonly customers: readonly string[];
}

interface Planned {
  readonly fate: Fate;
  readonly role: RecipientRole;
  readonly recipient: Person;
  readonly madeOn: string;
  readonly recoverBy: string;
}

const COPIES = 34;
const FATES: readonly Fate[] = ['recovered', 'out', 'recovered', 'destroyed', 'recovered', 'out', 'recovered'];
const LAST: readonly Fate[] = ['overdue', 'overdue', 'missing', 'made', 'consented', 'waiting'];
const PURPOSES = ['季度客戶拜訪', '新品推介', '續約洽談前準備', '處理客訴', '展會邀請', '到貨通知與回訪'];
const EVIDENCE = ['簽收單下聯已簽，隨簽收單歸檔', '頁數點清，與簽收單核對相符', '連同封套一併收回'];

/** Days before today on which a copy with this fate was made, so that its fate is true today. */
const MADE_AGO: Readonly<Record<Fate, readonly [number, number]>> = {
  recovered: [115, 190],
  destroyed: [115, 190],
  out: [2, 20],
  overdue: [36, 60],
  missing: [40, 70],
  made: [0, 0],
  consented: [1, 1],
  waiting: [0, 0],
};

function plan(frame: CopyFrame, draw: Draw): Planned[] {
  const { today } = frame.world.calendar;
  const active = frame.staff.filter((person) => person.active === 1);
  const sales = active.filter((person) => person.position === '業務員');
  const service = active.filter((person) => person.position === '客戶服務專員');
  // Whoever keeps a copy too long gets nothing else: the late ones are two people who hold only that.
  const late = [...sales.slice(-2)];
  const punctual = sales.slice(0, -2);
  const fates = [
    ...Array.from({ length: COPIES - LAST.length }, (_, at) => FATES[at % FATES.length] ?? 'recovered'),
    ...LAST,
  ];
  return fates
    .map((fate, at): Planned => {
      const isLate = fate === 'overdue' || fate === 'missing';
      const role: RecipientRole = !isLate && at % 3 === 0 && service.length > 0 ? 'customerService' : 'salesperson';
      const [least, most] = MADE_AGO[fate];
      const madeOn = addDays(today, -draw.between(least, most));
      return {
        fate,
        role,
        recipient:
          role === 'customerService'
            ? draw.pick(service)
            : isLate
              ? (late[at % 2] ?? draw.pick(sales))
              : draw.pick(punctual),
        madeOn,
        recoverBy: addDays(madeOn, role === 'customerService' ? 90 : 30),
      };
    })
    .sort((a, b) => (a.madeOn < b.madeOn ? -1 : a.madeOn > b.madeOn ? 1 : 0));
}

/** @returns how many copies were made */
export function writeCopies(sql: Writer, frame: CopyFrame): number {
  const { calendar } = frame.world;
  const draw = drawFrom(frame.world.seed, 51);
  const manager = frame.staff.find((person) => person.login === 'account');
  if (manager === undefined || frame.customers.length === 0) return 0;
  const planned = plan(frame, draw);
  // One round lies behind: all that customer service held in spring or summer came back in it.
  const roundOn = addDays(calendar.today, -104);
  const inRound: { id: number; pages: number }[] = [];
  let made = 0;
  for (const copy of planned) {
    const id = writeCopy(sql, frame, draw, copy, manager);
    if (id === undefined) continue;
    made += 1;
    if (copy.role === 'customerService' && copy.fate === 'recovered') inRound.push(id);
  }
  if (inRound.length > 0) {
    const year = Number(roundOn.slice(0, 4));
    const at = calendar.officeInstant(draw, roundOn);
    const round = insertRound(sql, {
      number: formatNumber(DEFAULT_PATTERNS.recoveryRound, takeSequence(sql, `recoveryRound-${year}`), year),
      opened_at: at,
      opened_by: frame.keeper,
      note: '定期回收',
    });
    for (const { id, pages } of inRound) {
      addToRound(sql, round, id);
      close(sql, draw, frame, id, addDays(roundOn, draw.between(1, 9)), { state: 'recovered', pages });
    }
    closeRound(sql, round, {
      closed_at: calendar.officeInstant(draw, addDays(roundOn, 10)),
      closed_by: frame.keeper,
      closing_note: '',
    });
  }
  return made;
}

function writeCopy(sql: Writer, frame: CopyFrame, draw: Draw, copy: Planned, manager: Person) {
  const { calendar } = frame.world;
  const askedOn = addDays(copy.madeOn, -1);
  const year = Number(askedOn.slice(0, 4));
  const paper = copy.role === 'customerService' && frame.papers.length > 0 ? draw.pick(frame.papers) : undefined;
  const wanted = [
    ...(paper === undefined ? [] : [paper.customerNumber]),
    ...Array.from({ length: draw.between(1, copy.role === 'salesperson' ? 6 : 2) }, () => draw.pick(frame.customers)),
  ];
  const customers = [...new Set(wanted)].flatMap((number) => findCustomer(sql, number)?.id ?? []);
  const recoverBy =
    copy.fate === 'consented' || copy.fate === 'waiting' ? recoverByOf(sql, copy.role, calendar.today) : copy.recoverBy;
  const requestId = insertCopyRequest(sql, {
    number: formatNumber(DEFAULT_PATTERNS.issueRequest, takeSequence(sql, `issueRequest-${year}`), year),
    recipient_id: copy.recipient.id,
    recipient_role: copy.role,
    purpose: draw.pick(PURPOSES),
    recover_by: recoverBy,
    note: '',
    requested_at: calendar.officeInstant(draw, askedOn),
    requested_by: frame.keeper,
  });
  setRequested(sql, requestId, customers, paper === undefined ? [] : [paper.id]);
  const request = findCopyRequestById(sql, requestId);
  if (request === undefined || copy.fate === 'waiting') return undefined;

  const onPaper = draw.chance(0.25);
  const statement = consentStatement(sql, request);
  const agreement = writeAgreement(sql, {
    statement,
    manner: onPaper ? 'paper' : 'secret',
    person: { login: manager.login, name: manager.name, role: 'accountManager', staffId: onPaper ? manager.id : null },
    givenAt: calendar.officeInstant(draw, askedOn),
    signedOn: onPaper ? askedOn : null,
    paperId: null,
    recordedBy: frame.keeper,
    note: '',
  });
  if (copy.fate === 'consented') return undefined;

  const madeYear = Number(copy.madeOn.slice(0, 4));
  const number = formatNumber(DEFAULT_PATTERNS.issue, takeSequence(sql, `issue-${madeYear}`), madeYear);
  const madeAt = calendar.officeInstant(draw, copy.madeOn);
  const pages = copy.role === 'salesperson' ? 1 : customers.length * 3 + (paper === undefined ? 0 : 1);
  markAgreementUsed(sql, agreement.id, madeAt, `copy:${number}`);
  const id = insertIssuedCopy(sql, {
    number,
    request_id: requestId,
    agreement_id: agreement.id,
    recipient_id: copy.recipient.id,
    recipient_role: copy.role,
    made_at: madeAt,
    made_by: frame.keeper,
    pages,
    sha256: sha256Hex(`practice ${frame.world.seed} ${number} ${statementHash(statement)}`),
    recover_by: recoverBy,
  });
  indexNewRecord(sql, { kind: 'copy', id, name: copy.recipient.name, body: [number, request.number] });
  if (copy.fate === 'made') return { id, pages };
  const row = findIssuedCopyById(sql, id);
  if (row === undefined) return undefined;
  const isMissing = copy.fate === 'missing';
  updateIssuedCopy(sql, {
    ...row,
    state: isMissing ? 'missing' : 'out',
    delivered_at: madeAt,
    delivered_by: frame.keeper,
    received_by: copy.recipient.name,
    missing_since: isMissing ? calendar.officeInstant(draw, addDays(copy.recoverBy, 1)) : null,
    missing_statement: isMissing ? '出差途中行李遺失，已向車站報失' : '',
  });
  const event = (on: string, kind: string, text: string) =>
    insertCopyEvent(sql, { copy_id: id, at: calendar.officeInstant(draw, on), by: frame.keeper, kind, text });
  event(copy.madeOn, 'deliver', '');
  if (copy.fate === 'overdue') event(addDays(copy.recoverBy, 1), 'remind', draw.pick(['電話', '口頭', '收回通知']));
  // What customer service held is called back by the round.
  if (copy.fate === 'recovered' && copy.role === 'salesperson')
    close(sql, draw, frame, id, addDays(copy.recoverBy, -draw.between(0, 8)), { state: 'recovered', pages });
  if (copy.fate === 'destroyed')
    close(sql, draw, frame, id, addDays(copy.recoverBy, -draw.between(0, 8)), { state: 'destroyed', pages });
  return { id, pages };
}

function close(
  sql: Writer,
  draw: Draw,
  frame: CopyFrame,
  id: number,
  on: string,
  ending: { readonly state: 'recovered' | 'destroyed'; readonly pages: number },
): void {
  const row = findIssuedCopyById(sql, id);
  if (row === undefined) return;
  const at = frame.world.calendar.officeInstant(draw, on);
  const isBack = ending.state === 'recovered';
  const witness = frame.staff.find((person) => person.active === 1 && person.position === '法務專員');
  updateIssuedCopy(sql, {
    ...row,
    state: ending.state,
    closed_at: at,
    closed_by: frame.keeper,
    pages_back: isBack ? ending.pages : null,
    condition: isBack ? 'intact' : null,
    method: isBack ? null : 'shredded',
    witness_id: isBack ? null : (witness?.id ?? null),
    evidence: isBack ? draw.pick(EVIDENCE) : '碎紙照片一張，監銷人簽名',
  });
  settleInRounds(sql, id, ending.state, at);
  insertCopyEvent(sql, { copy_id: id, at, by: frame.keeper, kind: isBack ? 'recover' : 'destroy', text: '' });
}
