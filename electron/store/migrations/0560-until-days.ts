/**
 * Until when a licence and a credit limit run, as columns of their own: an index over the form's text was read, made anew and written at
 * every save of a card, and the text was parsed for it at every import of one. And three indices less that others answer as well:
 * of a telephone, of what is missing, of what is late.
 */
export const untilDaysSql = `
DROP INDEX customer_licence_until;
DROP INDEX customer_credit_until;
DROP INDEX customer_phone;
DROP INDEX customer_missing;
DROP INDEX customer_late;
ALTER TABLE customer ADD COLUMN licence_until TEXT;
ALTER TABLE customer ADD COLUMN credit_until TEXT;
UPDATE customer SET
  licence_until = json_extract(field_values, '$.licenceValidUntil'),
  credit_until = json_extract(field_values, '$.creditLimitValidUntil')
WHERE json_extract(field_values, '$.licenceValidUntil') IS NOT NULL OR json_extract(field_values, '$.creditLimitValidUntil') IS NOT NULL;
CREATE INDEX customer_licence_until ON customer (licence_until, id, status) WHERE licence_until IS NOT NULL;
CREATE INDEX customer_credit_until ON customer (credit_until, id, status) WHERE credit_until IS NOT NULL;
`;
