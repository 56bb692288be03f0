/** A keeper without a supervisor announces an act and does it after an hour (security §15): from when an agreement can be used. */
export const waitingHourSql = `
ALTER TABLE agreement ADD COLUMN usable_from TEXT;
CREATE TRIGGER agreement_waits BEFORE UPDATE OF usable_from, given_at ON agreement
BEGIN
  SELECT RAISE(ABORT, 'When an agreement can be used never changes');
END;
CREATE INDEX agreement_waiting ON agreement (id) WHERE usable_from IS NOT NULL AND used_at IS NULL AND withdrawn_at IS NULL;
`;
