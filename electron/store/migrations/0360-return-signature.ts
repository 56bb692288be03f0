/** The lower half of a borrow form, signed at the counter when all of it is back: lines of the drawing as JSON; empty: on paper. */
export const returnSignatureSql = `
ALTER TABLE loan_form ADD COLUMN return_signature TEXT NOT NULL DEFAULT '';
`;
