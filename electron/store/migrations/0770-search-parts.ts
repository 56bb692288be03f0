/**
 * Parts of the search index are merged while nobody waits (`mergeSearchIndex`). Inside a save FTS5 merges only once sixty-four have come together
 * on a level, the most it can be told: with sixteen (migration 350) saves one behind the other took part in merging what a large import had
 * left, gigabytes of it: one in twenty took 20 to 30 ms, five times as long as now.
 */
export const searchPartsSql = `
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 64);
INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', 256);
`;
