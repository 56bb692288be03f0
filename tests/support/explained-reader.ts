import type { Reader } from '../../electron/store/sql.ts';

/** What SQLite does for one statement: the lines of EXPLAIN QUERY PLAN. */
export interface Explained {
  readonly sql: string;
  readonly steps: readonly string[];
}

/** Asks as `reader` does, and notes of every statement of it how SQLite goes about it. Row by row nothing is noted. */
export function explainedReader(reader: Reader): { readonly reader: Reader; readonly statements: Explained[] } {
  const statements: Explained[] = [];
  const note = (sql: string, params: Parameters<Reader['all']>[1][]): void => {
    if (sql.startsWith('EXPLAIN')) return;
    const rows = reader.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...(params as []));
    statements.push({ sql, steps: rows.map(({ detail }) => detail) });
  };
  return {
    statements,
    reader: {
      get(sql, ...params) {
        note(sql, params as never);
        return reader.get(sql, ...params);
      },
      all(sql, ...params) {
        note(sql, params as never);
        return reader.all(sql, ...params);
      },
      iterate: (sql, ...params) => reader.iterate(sql, ...params),
    },
  };
}
