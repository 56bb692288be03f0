/**
 * What cards are called, without their rows: a search puts hundreds of candidates in order by name and number, and a row with
 * its values fills a page.
 */
export const titlesSql = `
CREATE INDEX customer_title ON customer (id, number, name);
`;
