import type { Writer } from './sql.ts';

/** The next number of a sequence, 1 first; a number once given is never given again (C1). */
export function takeSequence(sql: Writer, name: string): number {
  sql.run('INSERT INTO number_sequence (name, next) VALUES (?, 1) ON CONFLICT (name) DO NOTHING', name);
  const next = sql.get<{ next: number }>('SELECT next FROM number_sequence WHERE name = ?', name)?.next ?? 1;
  sql.run('UPDATE number_sequence SET next = next + 1 WHERE name = ?', name);
  return next;
}
