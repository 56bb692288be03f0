import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CountedEntry,
  countersignDue,
  median,
  quietExportSignals,
  SIGNALS,
} from '../../../shared/domain/supervision.ts';

const OFFICE = { offsetMinutes: 480, hours: [7, 20] as const, weekend: [0, 6] };
let seq = 0;
const entry = (at: string, type: string, more: Partial<CountedEntry> = {}): CountedEntry => {
  seq += 1;
  return { seq, at, actor: 'keeper', type, outcome: 'ok', data: {}, ...more };
};
const views = (count: number, hour: string) =>
  Array.from({ length: count }, (_, index) =>
    entry(`${hour}:${String(index % 60).padStart(2, '0')}:00.000Z`, 'card.view'),
  );
const found = (entries: readonly CountedEntry[], before: readonly CountedEntry[] = []) =>
  Object.fromEntries(quietExportSignals(entries, before, OFFICE).map(({ key, count }) => [key, count]));

describe('R74 signs of a quiet export', () => {
  it('an hour with more than three times the views of the middle hour before is counted, and told for whom', () => {
    const usual = ['2026-02-03T02', '2026-02-04T03', '2026-02-05T04'].flatMap((hour) => views(12, hour));
    expect(found(views(36, '2026-03-02T02'), usual).busyHours).toBe(0);
    expect(found(views(37, '2026-03-02T02'), usual).busyHours).toBe(1);
    // Where hardly anything was looked at before, twenty an hour is nothing.
    expect(found(views(20, '2026-03-02T02')).busyHours).toBe(0);
    expect(found(views(21, '2026-03-02T02')).busyHours).toBe(1);
  });

  it('views at night and on free days are counted by the clock of the office', () => {
    // 08:00 at UTC+8 is midnight in UTC; 2026-03-01 is a Sunday.
    expect(found([entry('2026-03-02T00:10:00.000Z', 'card.view')]).outsideHours).toBe(0);
    expect(found([entry('2026-03-02T13:10:00.000Z', 'card.view')]).outsideHours).toBe(1);
    expect(found([entry('2026-03-01T03:00:00.000Z', 'scan.view')]).outsideHours).toBe(1);
  });

  it('exports, new media, clock doubts, failed checks, damage, refusals and wrong secrets are each counted once', () => {
    const at = '2026-03-02T03:00:00.000Z';
    const counts = found([
      entry(at, 'archive.export'),
      entry(at, 'export.customers'),
      entry(at, 'backup.done', { data: { newMedium: 1 } }),
      entry(at, 'backup.done', { data: { newMedium: 0 } }),
      entry(at, 'clock.doubt'),
      entry(at, 'verify', { data: { ok: 0 } }),
      entry(at, 'verify', { data: { ok: 1 } }),
      entry(at, 'fixity', { data: { damaged: 2, complete: 1 } }),
      entry(at, 'card.create', { outcome: 'refused' }),
      entry(at, 'outer.secret.wrong'),
    ]);
    expect(counts).toMatchObject({
      exports: 2,
      newMedia: 1,
      backups: 2,
      clockDoubts: 1,
      failedChecks: 1,
      damages: 1,
      refused: 1,
      wrongSecrets: 1,
    });
  });

  it('every sign is in the report, whatever the log holds; counts never exceed the entries', () => {
    const types = ['card.view', 'search', 'print', 'backup.done', 'verify', 'clock.doubt', 'other'];
    fc.assert(
      fc.property(
        fc.array(fc.record({ hour: fc.integer({ min: 0, max: 600 }), type: fc.constantFrom(...types) })),
        (drawn) => {
          const entries = drawn.map(({ hour, type }) =>
            entry(new Date(Date.UTC(2026, 2, 1) + hour * 3_600_000).toISOString(), type),
          );
          const signals = quietExportSignals(entries, [], OFFICE);
          expect(signals.map(({ key }) => key)).toEqual([...SIGNALS]);
          for (const { count } of signals) expect(count).toBeLessThanOrEqual(entries.length);
        },
      ),
    );
  });

  it('the middle of an even and an odd number of hours; a signature is due every month', () => {
    expect([median([]), median([5]), median([1, 9]), median([3, 1, 2])]).toEqual([0, 5, 5, 2]);
    expect([
      countersignDue(null, null, '2026-03-02'),
      countersignDue(null, '2026-03-01', '2026-03-02'),
      countersignDue('2026-01-30', '2025-01-01', '2026-03-02'),
    ]).toEqual([false, false, true]);
  });
});
