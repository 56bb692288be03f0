import type { Writer } from './sql.ts';

/** The next number of a sequence, 1 first: it rises, never falls back, and a number once given is never given again (C1). */
export function takeSequence(sql: Writer, name: string): number {
  const next = sql.get<{ next: number }>('SELECT next FROM number_sequence WHERE name = ?', name)?.next;
  // Not RETURNING: it takes a savepoint, at which the search index writes out what it has gathered of a large import.
  if (next === undefined) sql.run('INSERT INTO number_sequence (name, next) VALUES (?, 2)', name);
  else sql.run('UPDATE number_sequence SET next = next + 1 WHERE name = ?', name);
  return next ?? 1;
}
