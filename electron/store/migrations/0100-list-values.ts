/** The values of a card's form (JSON text) as rows: field, customer, place in its list, value. Amounts as numbers, their currency apart. */
const valuesIn = (json: string, id: string, from = '') => `
  SELECT e.key AS field, ${id} AS customer_id, 0 AS ordinal,
      CASE e.type WHEN 'object' THEN CAST(e.value ->> '$.amount' AS REAL) ELSE e.value END AS value
    FROM ${from}json_each(${json}) e WHERE e.type NOT IN ('array', 'null')
  UNION ALL SELECT e.key || '.currency', ${id}, 0, e.value ->> '$.currency' FROM ${from}json_each(${json}) e WHERE e.type = 'object'
  UNION ALL SELECT e.key, ${id}, i.key, i.value
    FROM ${from}json_each(${json}) e, json_each(e.value) i WHERE e.type = 'array' AND i.type NOT IN ('object', 'array', 'null')
  UNION ALL SELECT e.key || '.' || p.key, ${id}, i.key, CASE p.type WHEN 'object' THEN CAST(p.value ->> '$.amount' AS REAL) ELSE p.value END
    FROM ${from}json_each(${json}) e, json_each(e.value) i, json_each(i.value) p
    WHERE e.type = 'array' AND i.type = 'object' AND p.type NOT IN ('array', 'null')
  UNION ALL SELECT e.key || '.' || p.key || '.currency', ${id}, i.key, p.value ->> '$.currency'
    FROM ${from}json_each(${json}) e, json_each(e.value) i, json_each(i.value) p
    WHERE e.type = 'array' AND i.type = 'object' AND p.type = 'object'
  UNION ALL SELECT e.key || '.' || p.key, ${id}, i.key * 1000 + m.key, m.value
    FROM ${from}json_each(${json}) e, json_each(e.value) i, json_each(i.value) p, json_each(p.value) m
    WHERE e.type = 'array' AND i.type = 'object' AND p.type = 'array' AND m.type NOT IN ('object', 'array', 'null')`;
const former = valuesIn('OLD.field_values', 'OLD.id');
const present = valuesIn('NEW.field_values', 'NEW.id');

/**
 * What lists are filtered, sorted, grouped and counted by. Reading one field of 100,000 cards out of their JSON text takes
 * seconds; here each field lies together. Kept by triggers, so that whoever writes a card cannot forget it.
 */
export const listValuesSql = `
CREATE TABLE card_value (
  field TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  value ANY,
  PRIMARY KEY (field, customer_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER card_value_of_new_card AFTER INSERT ON customer BEGIN
  INSERT INTO card_value (field, customer_id, ordinal, value) ${present};
END;
CREATE TRIGGER card_value_of_changed_card AFTER UPDATE OF field_values ON customer WHEN OLD.field_values <> NEW.field_values BEGIN
  DELETE FROM card_value WHERE (field, customer_id, ordinal) IN
    (SELECT field, customer_id, ordinal FROM (SELECT * FROM (${former}) EXCEPT SELECT * FROM (${present})));
  INSERT INTO card_value (field, customer_id, ordinal, value) SELECT * FROM (${present}) EXCEPT SELECT * FROM (${former});
END;
CREATE TRIGGER card_value_of_removed_card AFTER DELETE ON customer BEGIN
  DELETE FROM card_value WHERE (field, customer_id, ordinal) IN (SELECT field, customer_id, ordinal FROM (${former}));
END;
INSERT INTO card_value (field, customer_id, ordinal, value) ${valuesIn('customer.field_values', 'customer.id', 'customer, ')};

-- Everything short about a card: a filter reads this instead of rows that carry the whole form.
CREATE INDEX customer_listed ON customer (id, number, name, kind, status, tier, region, credit_grade, contact, phone,
  direct_export, completeness, papers, missing_papers, late, visited_at, created_at, created_by, updated_at, updated_by,
  reviewed_on, review_due);
`;
