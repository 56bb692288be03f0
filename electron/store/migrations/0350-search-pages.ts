/**
 * How the search index keeps its pages. `pgsz`: a page of the index as one row has to fit into a page of the encrypted database (4,096
 * bytes, of which 80 are the cipher's): the preset 4,050 spill a few bytes into a second page, which is encrypted, decrypted and
 * authenticated with it. `automerge`, `crisismerge`: parts are merged while nobody waits (`mergeSearchIndex`); inside a save only when
 * sixteen have come together.
 */
export const searchPagesSql = `
INSERT INTO search_index (search_index, rank) VALUES ('pgsz', 3950);
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 16);
INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', 48);
`;
