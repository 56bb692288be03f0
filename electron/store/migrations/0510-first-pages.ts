/**
 * The picture of a long scan's first page is kept with what was read of it, so that it can be looked at before the whole is opened; empty:
 * there is none to be had. It goes with its scan. What counted as unreadable is read once more: on Electron all did.
 */
export const firstPagesSql = `
ALTER TABLE scan_reading ADD COLUMN first_page BLOB;
DELETE FROM scan_reading WHERE pages = '[]';
`;
