/**
 * The picture of a long scan's first page is kept with what was read of it, so that it can be looked at before the whole is opened; empty:
 * there is none to be had. It goes with its scan.
 */
export const firstPagesSql = `
ALTER TABLE scan_reading ADD COLUMN first_page BLOB;
`;
