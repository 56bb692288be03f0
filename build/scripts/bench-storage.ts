import type { Figure } from './bench-measure.ts';
import { openUnencrypted } from './bench-plain.ts';

/** Tables that are told one by one, the largest first. */
const TOLD = 8;

/** Kilobytes of the database for each card, and of them those of the largest tables with their indices, from the plain copy: its pages are as large. */
export function storagePerCard(plainPath: string, cards: number): Figure[] {
  const connection = openUnencrypted(plainPath);
  try {
    // What FTS5 keeps its index in belongs to the index.
    const sizes = connection
      .prepare(
        `SELECT CASE WHEN page.name LIKE 'search_index%' THEN 'search_index' ELSE coalesce(item.tbl_name, page.name) END AS owner,
           sum(page.pgsize) AS bytes
         FROM dbstat AS page LEFT JOIN sqlite_schema AS item ON item.name = page.name
         WHERE page.aggregate = TRUE GROUP BY owner ORDER BY bytes DESC`,
      )
      .all() as { owner: string; bytes: number }[];
    const perCard = (bytes: number) => bytes / 1000 / cards;
    const whole = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    return [
      { name: 'database for each card', unit: 'kB', samples: [perCard(whole)] },
      ...sizes.slice(0, TOLD).map(
        ({ owner, bytes }): Figure => ({
          name: `– of it ${owner} with its indices`,
          unit: 'kB',
          samples: [perCard(bytes)],
        }),
      ),
    ];
  } finally {
    connection.close();
  }
}
