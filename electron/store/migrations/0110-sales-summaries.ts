const MONTHS = Array.from({ length: 12 }, (_, index) => `m${String(index + 1).padStart(2, '0')}`);
const month = (row: string) => `CAST(substr(${row}.date, 6, 2) AS INTEGER)`;
const year = (row: string) => `CAST(substr(${row}.date, 1, 4) AS INTEGER)`;

/** Adds a line's amount to its month (`sign` + or -) in both summaries. */
const add = (row: string, sign: '+' | '-') =>
  (['customer', 'product'] as const)
    .map(
      (of) => `
  INSERT INTO ${of}_sales (year, ${of}_id, currency, ${MONTHS.join(', ')}, quantity, lines)
    VALUES (${year(row)}, ${row}.${of}_id, ${row}.currency,
      ${MONTHS.map((_, index) => `CASE ${month(row)} WHEN ${index + 1} THEN ${sign}${row}.amount ELSE 0 END`).join(', ')},
      ${sign}${row}.quantity, ${sign}1)
    ON CONFLICT DO UPDATE SET ${MONTHS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')},
      quantity = quantity + excluded.quantity, lines = lines + excluded.lines;`,
    )
    .join('');

const table = (of: 'customer' | 'product') => `
CREATE TABLE ${of}_sales (
  year INTEGER NOT NULL,
  ${of}_id INTEGER NOT NULL,
  currency TEXT NOT NULL,
  ${MONTHS.map((column) => `${column} INTEGER NOT NULL`).join(',\n  ')},
  -- Thousandths of the units, of the whole year.
  quantity INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  PRIMARY KEY (year, ${of}_id, currency)
) STRICT, WITHOUT ROWID;
INSERT INTO ${of}_sales
  SELECT CAST(substr(date, 1, 4) AS INTEGER), ${of}_id, currency,
    ${MONTHS.map((_, index) => `sum(CASE CAST(substr(date, 6, 2) AS INTEGER) WHEN ${index + 1} THEN amount ELSE 0 END)`).join(', ')},
    sum(quantity), count(*)
  FROM order_line WHERE counted = 1 GROUP BY 1, 2, 3;
`;

/**
 * What was sold by year and customer, and by year and product, month by month: two million order lines are counted when they are
 * written, not when somebody asks. Kept by triggers; a property test holds them equal to the recount.
 */
export const salesSummariesSql = `
${table('customer')}
${table('product')}
CREATE TRIGGER sales_of_new_line AFTER INSERT ON order_line WHEN NEW.counted = 1 BEGIN ${add('NEW', '+')}
END;
CREATE TRIGGER sales_of_removed_line AFTER DELETE ON order_line WHEN OLD.counted = 1 BEGIN ${add('OLD', '-')}
END;
CREATE TRIGGER sales_of_line_before AFTER UPDATE ON order_line WHEN OLD.counted = 1 BEGIN ${add('OLD', '-')}
END;
CREATE TRIGGER sales_of_line_after AFTER UPDATE ON order_line WHEN NEW.counted = 1 BEGIN ${add('NEW', '+')}
END;

-- Who bought a product: the list of cards behind a bar of the product analysis.
CREATE VIEW customer_purchase (field, customer_id, value) AS
  SELECT 'boughtProduct', order_line.customer_id, product.name FROM product CROSS JOIN order_line ON order_line.product_id = product.id WHERE order_line.counted = 1
  UNION ALL
  SELECT 'boughtProductGroup', order_line.customer_id, product.product_group FROM product CROSS JOIN order_line ON order_line.product_id = product.id WHERE order_line.counted = 1;
`;
