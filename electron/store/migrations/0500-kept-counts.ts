/** The classes of cards that lists are narrowed to without looking at a card: `row` is `NEW.`, `OLD.` or nothing. */
const classOf = (row: '' | 'NEW.' | 'OLD.') =>
  `${row}review_due, ${row}kind, ${row}tier, ${row}status, ${row}completeness < 100, ${row}late`;

const counted = `
  INSERT INTO card_count (review_due, kind, tier, status, incomplete, late, cards, missing_papers)
    VALUES (${classOf('NEW.')}, 1, NEW.missing_papers)
    ON CONFLICT DO UPDATE SET cards = cards + 1, missing_papers = missing_papers + excluded.missing_papers;`;
const KEY = '(review_due, kind, tier, status, incomplete, late)';
const discounted = `
  UPDATE card_count SET cards = cards - 1, missing_papers = missing_papers - OLD.missing_papers WHERE ${KEY} = (${classOf('OLD.')});
  DELETE FROM card_count WHERE ${KEY} = (${classOf('OLD.')}) AND cards = 0;`;

/** Tables whose rows a list shows all of, and that grow with the archive. */
const COUNTED_TABLES = ['paper', 'visit', 'loan', 'customer_order', 'delivery', 'receipt', 'returned_goods'] as const;

const counterOf = (table: string) => `
CREATE TRIGGER ${table}_is_counted AFTER INSERT ON ${table} BEGIN
  UPDATE row_count SET n = n + 1 WHERE name = '${table}';
END;
CREATE TRIGGER ${table}_is_discounted AFTER DELETE ON ${table} BEGIN
  UPDATE row_count SET n = n - 1 WHERE name = '${table}';
END;`;

/** Counts everything anew. */
export const recountSql = `
DELETE FROM card_count;
INSERT INTO card_count (review_due, kind, tier, status, incomplete, late, cards, missing_papers) SELECT ${classOf('')}, count(*), sum(missing_papers) FROM customer GROUP BY 1, 2, 3, 4, 5, 6;
DELETE FROM row_count;
${COUNTED_TABLES.map((table) => `INSERT INTO row_count (name, n) SELECT '${table}', count(*) FROM ${table};`).join('\n')}
`;

/** Columns of the list that had no order of their own; with each what the simple filters ask. */
const ORDERS = [
  ['contact', 'status, kind, tier'],
  ['phone', 'status, kind, tier'],
  ['kind', 'status, tier'],
  ['status', 'kind, tier'],
  ['credit_grade', 'status, kind, tier'],
  ['direct_export', 'status, kind, tier'],
  ['missing_papers', 'status, kind, tier'],
  ['late', 'status, kind, tier'],
  ['visited_at', 'status, kind, tier'],
  ['created_at', 'status, kind, tier'],
  ['created_by', 'status, kind, tier'],
  ['updated_by', 'status, kind, tier'],
  ['reviewed_on', 'status, kind, tier'],
] as const;

/**
 * What the desk and the lists count, kept as it changes: counting a million cards or five million papers takes longer than a page of them.
 * A property test holds the sums equal to the recount. And an order of the list of cards for each of its columns.
 */
export const keptCountsSql = `
CREATE TABLE card_count (
  review_due TEXT NOT NULL,
  kind TEXT NOT NULL,
  tier TEXT NOT NULL,
  status TEXT NOT NULL,
  incomplete INTEGER NOT NULL,
  late INTEGER NOT NULL,
  cards INTEGER NOT NULL,
  missing_papers INTEGER NOT NULL,
  PRIMARY KEY (review_due, kind, tier, status, incomplete, late)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER card_is_counted AFTER INSERT ON customer BEGIN ${counted}
END;
CREATE TRIGGER card_is_discounted AFTER DELETE ON customer BEGIN ${discounted}
END;
CREATE TRIGGER card_is_counted_anew AFTER UPDATE OF review_due, kind, tier, status, completeness, late, missing_papers ON customer
WHEN (${classOf('OLD.')}, OLD.missing_papers) <> (${classOf('NEW.')}, NEW.missing_papers) BEGIN ${discounted}${counted}
END;

CREATE TABLE row_count (
  name TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
${COUNTED_TABLES.map(counterOf).join('')}
${recountSql}

${ORDERS.map(([column, beside]) => `CREATE INDEX customer_order_${column} ON customer (${column}, id, ${beside});`).join('\n')}
`;
