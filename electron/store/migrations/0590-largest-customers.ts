const MONTHS = Array.from({ length: 12 }, (_, index) => `m${String(index + 1).padStart(2, '0')}`);

/**
 * The customers that bought most in a year, without adding up all: what a customer bought in a year in one currency, at most (`most`: months
 * in which more was taken back than sold left out), in falling order. Apart stand those who bought in several currencies (`mixed`).
 */
export const largestCustomersSql = `
ALTER TABLE customer_sales ADD COLUMN mixed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_sales ADD COLUMN most INTEGER GENERATED ALWAYS AS (${MONTHS.map((column) => `max(${column}, 0)`).join(' + ')}) VIRTUAL;
UPDATE customer_sales SET mixed = 1 WHERE (year, customer_id) IN
  (SELECT year, customer_id FROM customer_sales GROUP BY 1, 2 HAVING count(*) > 1);
CREATE INDEX customer_sales_most ON customer_sales (year, mixed, currency, most);
CREATE TRIGGER sales_in_another_currency AFTER INSERT ON customer_sales
WHEN (SELECT count(*) FROM customer_sales WHERE year = NEW.year AND customer_id = NEW.customer_id) > 1 BEGIN
  UPDATE customer_sales SET mixed = 1 WHERE year = NEW.year AND customer_id = NEW.customer_id;
END;
`;
