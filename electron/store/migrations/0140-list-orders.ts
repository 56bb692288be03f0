/** Orders of lists that had no index of their own: all visits by their time, all papers by their date. */
export const listOrdersSql = `
CREATE INDEX visit_time ON visit (visited_at, id);
CREATE INDEX paper_date ON paper (date, id);
`;
