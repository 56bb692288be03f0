/** `card_value` is written with the card, by store/card-values.ts: a third of the time that the triggers took. */
export const listValuesWrittenSql = `
DROP TRIGGER IF EXISTS card_value_of_new_card;
DROP TRIGGER IF EXISTS card_value_of_changed_card;
DROP TRIGGER IF EXISTS card_value_of_removed_card;
`;
