/** The list of papers by title, by responsible and by the time of filing: sorting all of them takes longer than a page. */
export const paperOrdersSql = `
CREATE INDEX paper_title ON paper (title, id);
CREATE INDEX paper_responsible ON paper (responsible, id);
CREATE INDEX paper_added_at ON paper (added_at, id);
`;
