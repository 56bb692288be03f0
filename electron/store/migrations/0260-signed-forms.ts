/**
 * A borrow form is out once it is signed (B1): drawn at the counter, on the printed form, or on one filled in by hand before. Until then
 * it is prepared, and may be put back. Forms written before this are signed as they were lent.
 */
export const signedFormsSql = `
ALTER TABLE loan_form ADD COLUMN signed_at TEXT;
ALTER TABLE loan_form ADD COLUMN put_back_at TEXT;
ALTER TABLE loan_form ADD COLUMN put_back_reason TEXT NOT NULL DEFAULT '';
UPDATE loan_form SET signed_at = lent_at;
CREATE INDEX loan_form_prepared ON loan_form (written_at) WHERE signed_at IS NULL AND put_back_at IS NULL;
-- B1: nothing that is not signed for comes back as if it had been out, whatever calls.
CREATE TRIGGER loan_back_was_signed BEFORE UPDATE OF returned_at ON loan
WHEN NEW.returned_at IS NOT NULL AND (SELECT signed_at IS NULL AND put_back_at IS NULL FROM loan_form WHERE id = NEW.form_id)
BEGIN SELECT RAISE(ABORT, 'the form is not signed'); END;
`;
