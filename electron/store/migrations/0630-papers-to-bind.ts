/** Of which year, class and state a paper is, and whether it lies in a volume: `row` is `NEW.`, `OLD.` or nothing. */
const classOf = (row: '' | 'NEW.' | 'OLD.') => `${row}year, ${row}class, ${row}state, ${row}volume_id IS NOT NULL`;
const KEY = '(year, class, state, bound)';

const counted = `
  INSERT INTO paper_count (year, class, state, bound, papers) VALUES (${classOf('NEW.')}, 1)
    ON CONFLICT DO UPDATE SET papers = papers + 1;`;
const discounted = `
  UPDATE paper_count SET papers = papers - 1 WHERE ${KEY} = (${classOf('OLD.')});
  DELETE FROM paper_count WHERE ${KEY} = (${classOf('OLD.')}) AND papers = 0;`;

/** Counts the papers anew. */
export const recountPapersSql = `
DELETE FROM paper_count;
INSERT INTO paper_count SELECT ${classOf('')}, count(*) FROM paper GROUP BY 1, 2, 3, 4;
`;

/**
 * A year is planned customer by customer: the loose papers of a year and class of one customer are found along an index, which leaves out what is
 * bound. And how many papers each year has is kept as it changes: counting five million takes half a minute. A property test holds it equal
 * to the recount.
 */
export const papersToBindSql = `
CREATE INDEX paper_to_bind ON paper (year, class, customer_id, state, volume_id) WHERE volume_id IS NULL;

CREATE TABLE paper_count (
  year INTEGER NOT NULL,
  class INTEGER NOT NULL,
  state TEXT NOT NULL,
  bound INTEGER NOT NULL,
  papers INTEGER NOT NULL,
  PRIMARY KEY (year, class, state, bound)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_is_counted_by_year AFTER INSERT ON paper BEGIN ${counted}
END;
CREATE TRIGGER paper_is_discounted_by_year AFTER DELETE ON paper BEGIN ${discounted}
END;
CREATE TRIGGER paper_is_counted_by_year_anew AFTER UPDATE OF year, class, state, volume_id ON paper
WHEN (${classOf('OLD.')}) <> (${classOf('NEW.')}) BEGIN ${discounted}${counted}
END;
${recountPapersSql}
`;
