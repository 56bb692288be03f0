import type { Reader } from './sql.ts';

/** What a campaign comes to in the end, and how it stands beside another (M2). */

/** How every card ended, in the order of the work: what a sign-off covers. */
export function settledContent(sql: Reader, campaignId: number): (string | number)[][] {
  return sql
    .all<{ position: number; customer_id: number; outcome: string; flag: string; settled_at: string | null }>(
      'SELECT position, customer_id, outcome, flag, settled_at FROM revision_row WHERE campaign_id = ? ORDER BY position',
      campaignId,
    )
    .map((row) => [row.position, row.customer_id, row.outcome, row.flag, row.settled_at ?? '']);
}

/** Cards in one scope and not in the other. */
export function compareScopes(sql: Reader, campaignId: number, formerId: number): { added: number; gone: number } {
  const only = (here: number, there: number) =>
    sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM revision_row AS here WHERE campaign_id = ? AND NOT EXISTS (
         SELECT 1 FROM revision_row AS there WHERE there.campaign_id = ? AND there.customer_id = here.customer_id)`,
      here,
      there,
    )?.n ?? 0;
  return { added: only(campaignId, formerId), gone: only(formerId, campaignId) };
}

/** Cards flagged in both campaigns, in the order of the work. */
export function flaggedInBoth(
  sql: Reader,
  campaignId: number,
  formerId: number,
): { number: string; name: string; flag: string; lastFlag: string }[] {
  return sql.all(
    `SELECT customer.number, customer.name, here.flag, former.flag AS lastFlag FROM revision_row AS here
       JOIN revision_row AS former ON former.campaign_id = ? AND former.customer_id = here.customer_id AND former.outcome = 'flagged'
       JOIN customer ON customer.id = here.customer_id
     WHERE here.campaign_id = ? AND here.outcome = 'flagged' ORDER BY here.position`,
    formerId,
    campaignId,
  );
}

/** Which facts were corrected in a campaign, the most frequent first. */
export function correctedFields(
  sql: Reader,
  campaignId: number,
): { kind: 'enterprise' | 'individual'; field: string; count: number }[] {
  return sql.all(
    `SELECT customer.kind, customer_change.field, count(DISTINCT customer.id) AS count FROM revision_row
       JOIN customer_change ON customer_change.customer_id = revision_row.customer_id
         AND customer_change.revision > revision_row.card_revision AND customer_change.revision <= revision_row.settled_revision
       JOIN customer ON customer.id = revision_row.customer_id
     WHERE revision_row.campaign_id = ? AND revision_row.outcome = 'corrected'
     GROUP BY customer.kind, customer_change.field ORDER BY count DESC, customer_change.field`,
    campaignId,
  );
}
