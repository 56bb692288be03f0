/** What counts a card in `card_count`, as migration 500 has it: `row` is `NEW.`, `OLD.` or nothing. */
const classOf = (row: '' | 'NEW.' | 'OLD.') =>
  `${row}review_due, ${row}kind, ${row}tier, ${row}status, ${row}completeness < 100, ${row}late`;
const KEY = '(review_due, kind, tier, status, incomplete, late)';

const counted = `
  INSERT INTO card_count (review_due, kind, tier, status, incomplete, late, cards, missing_papers, lacking)
    VALUES (${classOf('NEW.')}, 1, NEW.missing_papers, NEW.missing_papers > 0)
    ON CONFLICT DO UPDATE SET cards = cards + 1, missing_papers = missing_papers + excluded.missing_papers, lacking = lacking + excluded.lacking;`;
const discounted = `
  UPDATE card_count SET cards = cards - 1, missing_papers = missing_papers - OLD.missing_papers, lacking = lacking - (OLD.missing_papers > 0)
    WHERE ${KEY} = (${classOf('OLD.')});
  DELETE FROM card_count WHERE ${KEY} = (${classOf('OLD.')}) AND cards = 0;`;

const USED_UP = 'creditBlocked';
const usedUp = (by: 1 | -1) => `UPDATE row_count SET n = n + ${by} WHERE name = '${USED_UP}';`;

/** Counts anew what this migration keeps, and the cards with it. */
export const recountTodaySql = `
DELETE FROM card_count;
INSERT INTO card_count (review_due, kind, tier, status, incomplete, late, cards, missing_papers, lacking)
  SELECT ${classOf('')}, count(*), sum(missing_papers), sum(missing_papers > 0) FROM customer GROUP BY 1, 2, 3, 4, 5, 6;
INSERT OR REPLACE INTO row_count (name, n) SELECT '${USED_UP}', count(*) FROM credit_standing WHERE mark = 'block';
`;

/** What “today” says of all cards is kept as it changes: how many lack papers, and how many limits are used up. */
export const todayCountsSql = `
ALTER TABLE card_count ADD COLUMN lacking INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER card_is_counted;
DROP TRIGGER card_is_discounted;
DROP TRIGGER card_is_counted_anew;
CREATE TRIGGER card_is_counted AFTER INSERT ON customer BEGIN ${counted}
END;
CREATE TRIGGER card_is_discounted AFTER DELETE ON customer BEGIN ${discounted}
END;
CREATE TRIGGER card_is_counted_anew AFTER UPDATE OF review_due, kind, tier, status, completeness, late, missing_papers ON customer
WHEN (${classOf('OLD.')}, OLD.missing_papers) <> (${classOf('NEW.')}, NEW.missing_papers) BEGIN ${discounted}${counted}
END;
CREATE TRIGGER limit_is_used_up AFTER INSERT ON credit_standing WHEN NEW.mark = 'block' BEGIN
  ${usedUp(1)}
END;
CREATE TRIGGER limit_is_left AFTER DELETE ON credit_standing WHEN OLD.mark = 'block' BEGIN
  ${usedUp(-1)}
END;
CREATE TRIGGER limit_comes_to_be_used_up AFTER UPDATE OF mark ON credit_standing WHEN NEW.mark = 'block' AND OLD.mark <> 'block' BEGIN
  ${usedUp(1)}
END;
CREATE TRIGGER limit_comes_to_be_left AFTER UPDATE OF mark ON credit_standing WHEN OLD.mark = 'block' AND NEW.mark <> 'block' BEGIN
  ${usedUp(-1)}
END;
${recountTodaySql}
`;
