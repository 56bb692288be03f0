/**
 * What the log is filtered and counted by in an archive of many years: when each entry was written; each outcome in order, so that a list can walk
 * it; how many entries each block of the log has of a type, an actor and an outcome, and of a day; and which records an entry for many names.
 * A block is counted once, when its last entry is written: nothing of it changes after that. 70 bytes an entry. Tests hold the counts
 * equal to the recount. Like all of `audit_index` it is for people: verifying never looks at it.
 */

/** Entries of a block, as a power of two: a log of 20 million entries has 2,400 blocks. */
export const BLOCK_BITS = 13;
const LAST_OF_BLOCK = 2 ** BLOCK_BITS - 1;

/** One entry for many records, which names each of them in its data: found by any of them (peers §3, 23). */
const ACTS_ON_MANY = "'print', 'paper.changeMany'";

const counted = (where: string) =>
  `INSERT INTO audit_count (type, actor, outcome, block, entries)
   SELECT type, actor, outcome, seq >> ${BLOCK_BITS}, count(*) FROM audit_index NOT INDEXED WHERE ${where} GROUP BY 1, 2, 3, 4;`;
/** Letters of a day in front of an instant. */
export const DAY = 'YYYY-MM-DD'.length;

/** The entries of the block that is still being written: counted by nobody yet. */
export const UNCOUNTED = `audit_index.seq >= (SELECT (coalesce(max(seq), -1) + 1) >> ${BLOCK_BITS} << ${BLOCK_BITS} FROM audit_index)`;

const countedDays = (where: string) =>
  `INSERT INTO audit_day (day, block, entries)
   SELECT substr(at, 1, ${DAY}), seq >> ${BLOCK_BITS}, count(*) FROM audit_index NOT INDEXED WHERE ${where} GROUP BY 1, 2;`;
const CLOSED = `seq >> ${BLOCK_BITS} < (SELECT coalesce(max(seq) + 1, 0) >> ${BLOCK_BITS} FROM audit_index)`;
const OF_BLOCK = `seq > NEW.seq - ${LAST_OF_BLOCK + 1} AND seq <= NEW.seq`;
const textOf = 'CAST(audit_log.bytes AS TEXT)';
const named = (where: string) =>
  `INSERT OR IGNORE INTO audit_named (name, seq)
   SELECT part.value, audit_log.seq FROM audit_index CROSS JOIN audit_log ON audit_log.seq = audit_index.seq
   CROSS JOIN json_tree(iif(json_valid(${textOf}), ${textOf}, '{}'), '$.data') AS part
   WHERE ${where} AND audit_index.type IN (${ACTS_ON_MANY}) AND part.type = 'text';`;

export const auditCountsSql = `
ALTER TABLE audit_index ADD COLUMN at TEXT NOT NULL DEFAULT '';
UPDATE audit_index SET at = coalesce((
  SELECT iif(json_valid(${textOf}), json_extract(${textOf}, '$.ts'), '') FROM audit_log WHERE audit_log.seq = audit_index.seq), '');
CREATE INDEX audit_index_at ON audit_index (at, seq);
DROP INDEX audit_index_outcome;
CREATE INDEX audit_index_outcome ON audit_index (outcome, seq);

CREATE TABLE audit_count (
  type TEXT NOT NULL,
  actor TEXT NOT NULL,
  outcome TEXT NOT NULL,
  block INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (type, actor, outcome, block)
) STRICT, WITHOUT ROWID;
${counted(CLOSED)}
CREATE TABLE audit_day (
  day TEXT NOT NULL,
  block INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  PRIMARY KEY (day, block)
) STRICT, WITHOUT ROWID;
${countedDays(CLOSED)}
CREATE TRIGGER audit_block_is_counted AFTER INSERT ON audit_index WHEN NEW.seq & ${LAST_OF_BLOCK} = ${LAST_OF_BLOCK} BEGIN
  ${counted(OF_BLOCK)}
  ${countedDays(OF_BLOCK)}
END;

CREATE TABLE audit_named (
  name TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (name, seq)
) STRICT, WITHOUT ROWID;
${named('1')}
CREATE TRIGGER audit_names_are_kept AFTER INSERT ON audit_index WHEN NEW.type IN (${ACTS_ON_MANY}) BEGIN
  ${named('audit_index.seq = NEW.seq')}
END;
`;
