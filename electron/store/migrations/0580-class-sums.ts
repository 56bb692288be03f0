/** Classes of a customer by which analyses group: the field of the card, and its column here. */
const CLASSES = [
  ['region', 'region'],
  ['country', 'country'],
  ['salesArea', 'sales_area'],
  ['tier', 'tier'],
  ['customerGrade', 'customer_grade'],
  ['customerNature', 'customer_nature'],
  ['industry', 'industry'],
  ['creditGrade', 'credit_grade'],
  ['settlementMethod', 'settlement_method'],
  ['legalForm', 'legal_form'],
  ['kind', 'kind'],
  ['responsibleSalesperson', 'responsible_salesperson'],
  ['directExport', 'direct_export'],
] as const;
const COLUMNS = CLASSES.map(([, column]) => column);

/** Each class once, to be joined: `each.column1` is its field. */
const EACH = `(VALUES ${CLASSES.map(([field]) => `('${field}')`).join(', ')}) AS each`;
/** What a customer's row (`NEW`, `OLD`, or an alias of `customer_class`) has in that class. */
const valueIn = (row: string) =>
  `CASE each.column1 ${CLASSES.map(([field, column]) => `WHEN '${field}' THEN ${row}.${column}`).join(' ')} END`;
const INTO = 'INSERT INTO class_sum (what, class, at, value, currency, amount)';
const ADDING = 'ON CONFLICT DO UPDATE SET amount = amount + excluded.amount;';

type Row = 'NEW' | 'OLD';

/** A customer's amount waits until the end of the transaction, when it goes into the sums of all its classes at once. */
const waits = (what: string, row: Row, sign: '+' | '-', at: string, amount: string) => `
  INSERT INTO class_pending (customer_id, what, at, currency, amount) VALUES (${row}.customer_id, '${what}', ${at}, ${row}.currency, ${sign}${row}.${amount})
    ${ADDING}`;
/** The month that a line is sold in, the day that money is due, nothing. */
const sold = (row: Row, sign: '+' | '-') => waits('sales', row, sign, `substr(${row}.date, 1, 7)`, 'amount');
const due = (row: Row, sign: '+' | '-') => waits('due', row, sign, `${row}.due`, 'open');
const owed = (row: Row, sign: '+' | '-') => waits('owed', row, sign, "''", 'receivable');

/** The card itself and its limit, while it is not sealed. */
const cardOf = (row: Row, sign = '') => `
    SELECT 'cards' AS what, '' AS at, '' AS currency, ${sign}1 AS amount WHERE ${row}.sealed = 0
    UNION ALL SELECT 'limit', '', ${row}.limit_currency, ${sign}${row}.credit_limit WHERE ${row}.sealed = 0 AND ${row}.credit_limit > 0`;
/** All that a customer adds to the sums of its classes. */
const partOf = (row: Row) => `${cardOf(row)}
    UNION ALL SELECT 'sales', substr(date, 1, 7), currency, sum(amount) FROM order_line
      WHERE customer_id = ${row}.customer_id AND counted = 1 GROUP BY 2, 3
    UNION ALL SELECT 'due', due, currency, sum(open) FROM receivable WHERE customer_id = ${row}.customer_id AND open > 0 GROUP BY 2, 3
    UNION ALL SELECT 'owed', '', currency, receivable FROM customer_balance WHERE customer_id = ${row}.customer_id AND receivable <> 0`;
/** That part of it which is in the sums already; what waits follows the customer's present class. */
const summed = (sign: '+' | '-', under: Row, condition = 'true') => `
  ${INTO} SELECT had.what, each.column1, had.at, ${valueIn(under)}, had.currency, ${sign}had.amount
    FROM (${partOf('OLD')}
    UNION ALL SELECT what, at, currency, -amount FROM class_pending WHERE customer_id = OLD.customer_id) AS had CROSS JOIN ${EACH}
    WHERE ${condition} ${ADDING}`;
const inAnother = `${valueIn('OLD')} <> ${valueIn('NEW')}`;
const differ = (columns: readonly string[]) =>
  `(${columns.map((column) => `OLD.${column}`).join(', ')}) <> (${columns.map((column) => `NEW.${column}`).join(', ')})`;
const CARD = ['sealed', 'credit_limit', 'limit_currency'];
const noneLeft = `
  DELETE FROM class_sum WHERE amount = 0;`;

/** Everything anew from the rows themselves. One class at a time: a temporary table of all would not fit into memory. */
export const recountClassSumsSql = `
DELETE FROM class_pending;
DELETE FROM class_sum;
${CLASSES.map(
  ([field, column]) => `
${INTO}
  SELECT 'sales', '${field}', substr(date, 1, 7), ${column}, currency, sum(amount)
    FROM order_line CROSS JOIN customer_class ON customer_class.customer_id = order_line.customer_id WHERE counted = 1 GROUP BY 3, 4, 5;
${INTO}
  SELECT 'due', '${field}', due, ${column}, currency, sum(open)
    FROM receivable CROSS JOIN customer_class ON customer_class.customer_id = receivable.customer_id WHERE open > 0 GROUP BY 3, 4, 5;
${INTO}
  SELECT 'owed', '${field}', '', ${column}, currency, sum(receivable)
    FROM customer_balance CROSS JOIN customer_class ON customer_class.customer_id = customer_balance.customer_id WHERE receivable <> 0 GROUP BY 4, 5;
${INTO} SELECT 'cards', '${field}', '', ${column}, '', count(*) FROM customer_class WHERE sealed = 0 GROUP BY 4;
${INTO} SELECT 'limit', '${field}', '', ${column}, limit_currency, sum(credit_limit) FROM customer_class
  WHERE sealed = 0 AND credit_limit > 0 GROUP BY 4, 5;`,
).join('')}
`;

const written = (field: string) =>
  `(SELECT value FROM card_value WHERE field = '${field}' AND customer_id = customer.id AND ordinal = 0)`;
/** A value as text; a whole number without a point. */
const text = (field: string) =>
  `coalesce((SELECT CAST(iif(typeof(value) = 'real' AND value = CAST(value AS INTEGER), CAST(value AS INTEGER), value) AS TEXT)
    FROM card_value WHERE field = '${field}' AND customer_id = customer.id AND ordinal = 0), '')`;
const ON_THE_ROW: Readonly<Record<string, string>> = {
  region: 'region',
  tier: 'tier',
  creditGrade: 'credit_grade',
  kind: 'kind',
  directExport: 'CAST(direct_export AS TEXT)',
};
const NO_MINOR_UNIT = [
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'ISK',
  'JPY',
  'KMF',
  'KRW',
  'PYG',
  'RWF',
  'UGX',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
];
const THOUSANDTHS = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'];
const among = (codes: readonly string[]) => `IN (${codes.map((code) => `'${code}'`).join(', ')})`;

/**
 * What analyses add up by a class of the customers, kept as it changes: a million customers are not added up when somebody asks.
 * `customer_class` is written with the card (store/customer-classes.ts). It and the dealings change what waits by triggers, and whoever ends
 * the transaction adds that to the sums (store/class-sums.ts): thirteen sums for each line of an import would take a fifth of its time.
 * A property test holds them equal to the recount.
 */
export const classSumsSql = `
CREATE TABLE customer_class (
  customer_id INTEGER PRIMARY KEY,
  ${COLUMNS.map((column) => `${column} TEXT NOT NULL`).join(',\n  ')},
  sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
  -- In minor units of its currency; 0: none.
  credit_limit INTEGER NOT NULL,
  limit_currency TEXT NOT NULL
) STRICT;
INSERT INTO customer_class (customer_id, ${COLUMNS.join(', ')}, sealed, credit_limit, limit_currency)
  SELECT id, ${CLASSES.map(([field]) => ON_THE_ROW[field] ?? text(field)).join(',\n    ')},
    status = 'sealed', 0, coalesce(${written('creditLimit.currency')}, '')
  FROM customer INDEXED BY customer_listed ORDER BY id;
UPDATE customer_class SET credit_limit = min(9007199254740991, CAST(round(granted.value * CASE
    WHEN limit_currency ${among(NO_MINOR_UNIT)} THEN 1 WHEN limit_currency ${among(THOUSANDTHS)} THEN 1000 ELSE 100 END) AS INTEGER))
  FROM card_value AS granted
  WHERE granted.field = 'creditLimit' AND granted.customer_id = customer_class.customer_id AND granted.ordinal = 0 AND granted.value > 0;

CREATE TABLE class_sum (
  -- sales: amounts of order lines · due: open receivables · owed: receivables of the balances · limit · cards: how many.
  what TEXT NOT NULL,
  -- The field of the card, and what stands in it.
  class TEXT NOT NULL,
  -- sales: the month · due: the day · else nothing.
  at TEXT NOT NULL,
  value TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (what, class, at, value, currency)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_sum_of_nothing ON class_sum (amount) WHERE amount = 0;
-- What customers' changes add to the sums of the classes they are in, until the end of the transaction (store/class-sums.ts).
CREATE TABLE class_pending (
  customer_id INTEGER NOT NULL,
  what TEXT NOT NULL,
  at TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (customer_id, what, at, currency)
) STRICT, WITHOUT ROWID;
-- Both together: always what the rows add up to.
CREATE VIEW class_figure (what, class, at, value, currency, amount) AS
  SELECT what, class, at, value, currency, amount FROM class_sum
  UNION ALL
  SELECT what, each.column1, at, ${valueIn('customer_class')}, currency, amount
    FROM class_pending CROSS JOIN customer_class ON customer_class.customer_id = class_pending.customer_id CROSS JOIN ${EACH};
${recountClassSumsSql}

CREATE TRIGGER class_of_new_card AFTER INSERT ON customer_class BEGIN
  DELETE FROM class_pending WHERE customer_id = NEW.customer_id;
  INSERT INTO class_pending (customer_id, what, at, currency, amount) SELECT NEW.customer_id, what, at, currency, amount FROM (${partOf('NEW')});
END;
CREATE TRIGGER class_of_removed_card AFTER DELETE ON customer_class BEGIN ${summed('-', 'OLD')}
  DELETE FROM class_pending WHERE customer_id = OLD.customer_id;${noneLeft}
END;
CREATE TRIGGER class_of_reclassed_card AFTER UPDATE ON customer_class WHEN ${differ([...COLUMNS, ...CARD])} BEGIN ${summed('-', 'OLD', inAnother)}${summed('+', 'NEW', inAnother)}${noneLeft}
  INSERT INTO class_pending (customer_id, what, at, currency, amount) SELECT NEW.customer_id, what, at, currency, amount
    FROM (${cardOf('OLD', '-')} UNION ALL ${cardOf('NEW')}) WHERE ${differ(CARD)} ${ADDING}
END;
${(
  [
    ['sales', 'order_line', sold, (row: Row) => `${row}.counted = 1`],
    ['due', 'receivable', due, (row: Row) => `${row}.open > 0`],
    ['owed', 'customer_balance', owed, (row: Row) => `${row}.receivable <> 0`],
  ] as const
)
  .map(
    ([what, table, changes, matters]) => `
CREATE TRIGGER class_${what}_comes AFTER INSERT ON ${table} WHEN ${matters('NEW')} BEGIN ${changes('NEW', '+')}
END;
CREATE TRIGGER class_${what}_goes AFTER DELETE ON ${table} WHEN ${matters('OLD')} BEGIN ${changes('OLD', '-')}
END;
CREATE TRIGGER class_${what}_before AFTER UPDATE ON ${table} WHEN ${matters('OLD')} BEGIN ${changes('OLD', '-')}
END;
CREATE TRIGGER class_${what}_after AFTER UPDATE ON ${table} WHEN ${matters('NEW')} BEGIN ${changes('NEW', '+')}
END;`,
  )
  .join('')}
`;
