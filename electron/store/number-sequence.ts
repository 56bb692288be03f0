import type { Writer } from './sql.ts';

const nextOf = (sql: Writer, name: string) =>
  sql.get<{ next: number }>('SELECT next FROM number_sequence WHERE name = ?', name)?.next;

/** The next number of a sequence, 1 first: it rises, never falls back, and a number once given is never given again (C1). */
export function takeSequence(sql: Writer, name: string): number {
  const next = nextOf(sql, name);
  // Not RETURNING: it takes a savepoint, at which the search index writes out what it has gathered of a large import.
  if (next === undefined) sql.run('INSERT INTO number_sequence (name, next) VALUES (?, 2)', name);
  else sql.run('UPDATE number_sequence SET next = next + 1 WHERE name = ?', name);
  return next ?? 1;
}

/** Moves a sequence beyond a number that came from outside (an import that keeps its old numbers). */
export function passNumber(sql: Writer, name: string, sequence: number): void {
  sql.run(
    'INSERT INTO number_sequence (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = max(next, excluded.next)',
    name,
    sequence + 1,
  );
}

export interface SequencesOfMany {
  take(name: string): number;
  /** As `passNumber`. */
  pass(name: string, sequence: number): void;
  /** Keeps what was taken and passed; until then the archive knows nothing of it. */
  write(): void;
}

/** The sequences for records that are written together: each is read once and written once. */
export function sequencesOfMany(sql: Writer): SequencesOfMany {
  const next = new Map<string, number>();
  const of = (name: string) => next.get(name) ?? nextOf(sql, name) ?? 1;
  return {
    take(name) {
      const sequence = of(name);
      next.set(name, sequence + 1);
      return sequence;
    },
    pass: (name, sequence) => void next.set(name, Math.max(of(name), sequence + 1)),
    write() {
      for (const [name, following] of next) passNumber(sql, name, following - 1);
    },
  };
}
