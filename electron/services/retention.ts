import type { z } from 'zod';
import type { retentionRule } from '../../shared/contract/disposals.ts';
import type { DueForDisposal } from '../../shared/domain/archive-year.ts';
import { DOCUMENT_TYPES, type DocumentTypeKey } from '../../shared/domain/document-types.ts';
import { dossierClassOf } from '../../shared/domain/dossier-classes.ts';
import {
  defaultRule,
  disposalReasons,
  type PaperRetention,
  type RetentionRule,
  type RetentionSpan,
  retentionCode,
  volumeSpan,
} from '../../shared/domain/retention.ts';
import {
  type DisposalThing,
  endOfDealings,
  isHeld,
  loosePapersPastTheirYears,
  openLoansOf,
  partsOf,
  retentionRules,
  setRetentionRule,
  volumesPastTheirYears,
} from '../store/disposals.ts';
import type { Reader } from '../store/sql.ts';
import type { HandlersOf } from './context.ts';
import type { Pieces } from './in-turns.ts';
import { typeOf } from './paper-record.ts';
import { dayOf } from './today.ts';

/** The retention schedule (保管期限表, §7.7) and the span that follows from it. */

type Rule = z.infer<typeof retentionRule>;

/** What a type is kept by: as the company has set it, else by the proposal. */
export function ruleOf(sql: Reader, type: DocumentTypeKey): RetentionRule {
  return retentionRules(sql).get(type) ?? defaultRule(type);
}

/** The code that a paper of this type is filed with. */
export function retentionOfType(sql: Reader, type: DocumentTypeKey): string {
  return retentionCode(ruleOf(sql, type));
}

function shownRules(sql: Reader): Rule[] {
  const set = retentionRules(sql);
  return DOCUMENT_TYPES.map((type) => {
    const own = set.get(type.key);
    const rule = own ?? defaultRule(type.key);
    return {
      type: type.key,
      class: type.class,
      years: rule.years,
      trigger: rule.trigger,
      basis: own?.basis ?? '',
      isProposal: own === undefined,
      at: own?.at ?? null,
      by: own?.by ?? '',
    };
  });
}

/** What of a thing decides when it may go. */
export interface Appraised {
  readonly thing: DisposalThing;
  readonly span: RetentionSpan;
  readonly blockers: readonly {
    readonly reason: ReturnType<typeof disposalReasons>[number];
    readonly detail: string;
  }[];
}

/** Appraises things one after the other; what is known of a customer is asked once. */
export function createAppraisal(sql: Reader, today: string): (thing: DisposalThing) => Appraised {
  const rules = retentionRules(sql);
  const dealings = new Map<number, ReturnType<typeof endOfDealings>>();
  const dealingsOf = (customerId: number) => {
    const known = dealings.get(customerId) ?? endOfDealings(sql, customerId);
    dealings.set(customerId, known);
    return known;
  };
  return (thing) => {
    const parts = partsOf(sql, thing);
    const closing = `${String(thing.year).padStart(4, '0')}-12-31`;
    const later = (day: string | null) => (day === null || day < closing ? closing : day);
    const papers = parts.map((part): PaperRetention => {
      const { trigger } = rules.get(part.type) ?? defaultRule(part.type as DocumentTypeKey);
      const { owes, lastMove, sealedOn } = dealingsOf(part.customer_id);
      const triggeredOn = {
        volumeClosed: closing,
        relationEnded: sealedOn === null ? null : later(dayOf(new Date(sealedOn))),
        settled: owes ? null : later(lastMove),
      }[trigger];
      return { code: part.retention, trigger, triggeredOn };
    });
    const natural = volumeSpan(papers);
    const endsOn =
      natural.endsOn !== null && thing.extended_until !== null && thing.extended_until > natural.endsOn
        ? thing.extended_until
        : natural.endsOn;
    const span = { startsOn: natural.startsOn, endsOn };
    const loans = openLoansOf(sql, thing);
    const customers = new Map(parts.map((part) => [part.customer_id, part.customer_number]));
    const owing = [...customers].filter(([id]) => dealingsOf(id).owes).map(([, number]) => number);
    const details: Readonly<Record<string, string>> = {
      notExpired: endsOn ?? '',
      openLoan: loans.join(', '),
      openDebt: owing.join(', '),
      legalHold: '',
    };
    const reasons = disposalReasons(span, today, {
      openLoan: loans.length > 0,
      openDebt: owing.length > 0,
      legalHold: isHeld(sql, thing, [...customers.keys()]),
    });
    return { thing, span, blockers: reasons.map((reason) => ({ reason, detail: details[reason] ?? '' })) };
  };
}

/** Things appraised between two turns of the event loop. */
const APPRAISED_AT_ONCE = 10;

/** Those of these things whose retention ends before a day, the earliest end first, in pieces. */
function* endedBefore(
  sql: Reader,
  today: string,
  by: string,
  candidates: Iterable<readonly DisposalThing[]>,
): Pieces<readonly Appraised[]> {
  const appraise = createAppraisal(sql, today);
  const ended: Appraised[] = [];
  for (const things of candidates) {
    for (const [index, thing] of things.entries()) {
      if (index > 0 && index % APPRAISED_AT_ONCE === 0) yield;
      const appraised = appraise(thing);
      if (appraised.span.endsOn !== null && appraised.span.endsOn < by) ended.push(appraised);
    }
    yield;
  }
  return ended.sort((a, b) => ((a.span.endsOn ?? '') < (b.span.endsOn ?? '') ? -1 : 1));
}

/** Everything whose retention ends before a day, whatever else stands against it; the earliest end first, in pieces. */
export function* endingBy(sql: Reader, today: string, by: string): Pieces<readonly Appraised[]> {
  const year = Number(by.slice(0, 4));
  function* candidates() {
    yield volumesPastTheirYears(sql, year);
    yield* loosePapersPastTheirYears(sql, year);
  }
  return yield* endedBefore(sql, today, by, candidates());
}

/** Volumes whose retention has ended and that are on no draft, the earliest end first, in pieces: the yearly cleaning asks what becomes of them (§7.9). */
export function* volumesDue(sql: Reader, today: string): Pieces<readonly DueForDisposal[]> {
  const ended = yield* endedBefore(sql, today, today, [volumesPastTheirYears(sql, Number(today.slice(0, 4)))]);
  return ended
    .filter(({ thing }) => thing.listed === null)
    .map(({ thing, span }) => ({
      code: thing.code,
      class: dossierClassOf(thing.class) ?? 1,
      title: thing.title,
      endedOn: span.endsOn ?? '',
    }));
}

const described = (rule: RetentionRule & { readonly basis?: string }) =>
  [retentionCode(rule), rule.trigger, rule.basis ?? ''].join(' ').trim();

export const retentionHandlers: HandlersOf<'retention.get' | 'retention.set'> = {
  'retention.get': { phase: 'query', run: ({ sql }) => ({ rules: shownRules(sql) }) },
  'retention.set': {
    phase: 'command',
    run(context, { type, years, trigger, basis, reason }) {
      const { sql, clock, actor } = context;
      const { key } = typeOf(type);
      context.note({ object: `retention:${key}`, why: reason });
      const before = retentionRules(sql).get(key) ?? defaultRule(key);
      const next = { years, trigger, basis };
      setRetentionRule(
        sql,
        { type: key, ...next, at: clock.now().toISOString(), by: actor.displayName },
        { from_rule: described(before), to_rule: described(next), reason },
      );
      const shown = shownRules(sql).find((rule) => rule.type === key);
      if (shown === undefined) throw new RangeError(key);
      return shown;
    },
  },
};
