import { DAY, UNCOUNTED } from '../migrations/0760-audit-counts.ts';
import {
  CUSTOMER_COLUMNS,
  CUSTOMER_JOIN,
  col,
  ordered,
  type RecordColumn,
  type SourcesOf,
  TODAY,
} from './record-source.ts';

/** A field of a stored entry; nothing where the bytes are no entry. */
const logged = (field: string): string =>
  `CASE WHEN json_valid(CAST(audit_log.bytes AS TEXT)) THEN json_extract(CAST(audit_log.bytes AS TEXT), '$.${field}') END`;

/** A column of the log's index that blocks of the log are counted by. */
const loggedIn = (
  column: 'at' | 'actor' | 'type' | 'outcome',
  counted: Omit<NonNullable<RecordColumn['counted']>, 'uncounted'>,
): RecordColumn => ({
  ...ordered(`audit_index.${column}`, `audit_index_${column}`, 'seq'),
  counted: { ...counted, uncounted: UNCOUNTED },
});
const inClasses = (column: 'actor' | 'type' | 'outcome') => loggedIn(column, { table: 'audit_count', column });

export const CARE_SOURCES: SourcesOf<
  'reviews' | 'tierProposals' | 'imports' | 'staff' | 'audit' | 'revisionRows' | 'watchFlags'
> = {
  reviews: {
    from: `card_review_state ${CUSTOMER_JOIN('card_review_state.customer_id')}`,
    id: 'card_review_state.customer_id',
    at: 'card_review_state.customer_id = wanted.value',
    key: 'customer.number',
    customerId: 'card_review_state.customer_id',
    columns: {
      ...CUSTOMER_COLUMNS,
      state: col('card_review_state.state'),
      openRemarks: col('card_review_state.open_remarks'),
      answeredRemarks: col('card_review_state.answered_remarks'),
      remarkedFields: col(
        "coalesce((SELECT group_concat(DISTINCT card_remark.field) FROM card_remark WHERE card_remark.customer_id = card_review_state.customer_id AND card_remark.state <> 'settled'), '')",
      ),
      toAnswer: col("(card_review_state.state = 'sentBack' OR card_review_state.open_remarks > 0)"),
      toReview: col("(card_review_state.state = 'submitted' OR card_review_state.answered_remarks > 0)"),
      since: col('card_review_state.since'),
    },
    searched: [],
  },
  tierProposals: {
    from: `tier_proposal ${CUSTOMER_JOIN('tier_proposal.customer_id')}`,
    id: 'tier_proposal.id',
    at: 'tier_proposal.id = wanted.value',
    key: 'CAST(tier_proposal.id AS TEXT)',
    customerId: 'tier_proposal.customer_id',
    columns: {
      ...CUSTOMER_COLUMNS,
      fromTier: col('tier_proposal.from_tier'),
      toTier: col('tier_proposal.to_tier'),
      salesLastYear: col("json_extract(tier_proposal.figures, '$.salesLastYear')"),
      salesShare: col("json_extract(tier_proposal.figures, '$.share')"),
      cumulativeShare: col("json_extract(tier_proposal.figures, '$.cumulativeShare')"),
      ordersLastYear: col("json_extract(tier_proposal.figures, '$.ordersLastYear')"),
      yearsOfDealing: col("json_extract(tier_proposal.figures, '$.yearsOfDealing')"),
      proposedAt: col('tier_proposal.at'),
      state: col('tier_proposal.state'),
      decidedAt: col('tier_proposal.decided_at'),
      decidedBy: col('tier_proposal.decided_by'),
      reason: col('tier_proposal.reason'),
    },
    searched: [],
  },
  revisionRows: {
    from: `revision_row LEFT JOIN revision_campaign ON revision_campaign.id = revision_row.campaign_id ${CUSTOMER_JOIN('revision_row.customer_id')}`,
    id: 'revision_row.id',
    at: 'revision_row.id = wanted.value',
    key: 'customer.number',
    customerId: 'revision_row.customer_id',
    columns: {
      ...CUSTOMER_COLUMNS,
      campaign: col('revision_campaign.number'),
      workOrder: col('revision_row.position'),
      tier: col('revision_row.tier'),
      place: col('revision_row.place'),
      reviewDue: col('revision_row.review_due'),
      outcome: col('revision_row.outcome'),
      flag: col('revision_row.flag'),
      inquiries: col('(SELECT count(*) FROM revision_inquiry WHERE row_id = revision_row.id)'),
      changedFacts: col(
        '(SELECT count(DISTINCT field) FROM customer_change WHERE customer_change.customer_id = revision_row.customer_id AND customer_change.revision > revision_row.card_revision)',
      ),
      note: col('revision_row.note'),
      settledAt: col('revision_row.settled_at'),
      settledBy: col('revision_row.settled_by'),
    },
    searched: ['place', 'note'],
  },
  watchFlags: {
    from: `watch_flag ${CUSTOMER_JOIN('watch_flag.customer_id')}`,
    id: 'watch_flag.id',
    at: 'watch_flag.id = wanted.value',
    key: 'CAST(watch_flag.id AS TEXT)',
    customerId: 'watch_flag.customer_id',
    columns: {
      ...CUSTOMER_COLUMNS,
      raisedAt: col('watch_flag.raised_at'),
      watched: col('watch_flag.kind'),
      changedFields: col('(SELECT group_concat(value) FROM json_each(watch_flag.fields))'),
      raisedBy: col('watch_flag.raised_by'),
      settled: col('(watch_flag.settled_at IS NOT NULL)'),
      settledAt: col('watch_flag.settled_at'),
      settledBy: col('watch_flag.settled_by'),
      note: col('watch_flag.note'),
    },
    searched: ['note', 'raisedBy'],
  },
  imports: {
    from: 'import_run',
    id: 'import_run.id',
    at: 'import_run.id = wanted.value',
    key: 'CAST(import_run.id AS TEXT)',
    columns: {
      at: col('import_run.at'),
      by: col('import_run.by'),
      file: col('import_run.file'),
      kind: col('import_run.kind'),
      imported: col('import_run.imported'),
      updated: col('import_run.updated'),
      refused: col('import_run.refused'),
      takenBackAt: col('import_run.taken_back_at'),
    },
    searched: ['file', 'by'],
  },
  staff: {
    from: 'staff',
    id: 'staff.id',
    at: 'staff.id = wanted.value',
    key: 'CAST(staff.id AS TEXT)',
    columns: {
      staffNumber: col('staff.number'),
      staffName: col('staff.name'),
      department: col('staff.department'),
      position: col('staff.position'),
      phone: col('staff.phone'),
      login: col('staff.login'),
      active: col('staff.active'),
      leftOn: col('staff.left_on'),
      openLoans: col('(SELECT count(*) FROM loan WHERE loan.borrower_id = staff.id AND loan.returned_at IS NULL)'),
      overdueLoans: col(
        `(SELECT count(*) FROM loan WHERE loan.borrower_id = staff.id AND loan.returned_at IS NULL AND loan.due < ${TODAY})`,
      ),
    },
    searched: ['staffNumber', 'staffName', 'department', 'position', 'phone'],
  },
  // What is shown comes from the log's own bytes; filters and orders go by its index, and by its order in time.
  audit: {
    from: 'audit_index LEFT JOIN audit_log ON audit_log.seq = audit_index.seq',
    id: 'audit_index.seq',
    at: 'audit_index.seq = wanted.value',
    key: 'CAST(audit_index.seq AS TEXT)',
    counted: 'SELECT coalesce(max(seq) + 1, 0) AS n FROM audit_index',
    columns: {
      seq: col('audit_index.seq'),
      at: { ...loggedIn('at', { table: 'audit_day', column: 'day', letters: DAY }), shown: logged('ts') },
      actor: { ...inClasses('actor'), shown: logged('actor') },
      role: col(logged('role')),
      type: { ...inClasses('type'), shown: logged('type') },
      object: { ...ordered('audit_index.obj', 'audit_index_obj', 'seq'), shown: logged('obj') },
      purpose: col(logged('why')),
      outcome: {
        ...inClasses('outcome'),
        shown: `coalesce(${logged('outcome')}, 'damaged')`,
      },
    },
    about: 'object',
    searched: ['actor', 'type', 'object'],
  },
};
