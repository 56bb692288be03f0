import { BRIEF_VALID_DAYS } from '../../../shared/domain/visit-brief.ts';
import {
  CUSTOMER_COLUMNS,
  CUSTOMER_JOIN,
  col,
  ofCustomer,
  ofStaff,
  ordered,
  type SourcesOf,
  TODAY,
} from './record-source.ts';

const WAITING = 'information_report.acknowledge_by IS NOT NULL AND information_report.acknowledged_at IS NULL';
/** Tables of entries of a card have no number of their own. */
const ENTRIES = 1_000;

export const REPORTING_SOURCES: SourcesOf<
  'visits' | 'dailyReports' | 'information' | 'passings' | 'competitors' | 'projects'
> = {
  visits: {
    from: `visit ${CUSTOMER_JOIN('visit.customer_id')} LEFT JOIN staff ON staff.id = visit.staff_id
      LEFT JOIN daily_report ON daily_report.id = visit.report_id`,
    id: 'visit.id',
    at: 'visit.id = wanted.value',
    key: 'CAST(visit.id AS TEXT)',
    customerId: 'visit.customer_id',
    parents: {
      customer: ofCustomer('visit'),
      staff: ofStaff('visit', 'visit_staff'),
      daily_report: {
        id: 'daily_report.id',
        from: 'daily_report CROSS JOIN visit ON visit.report_id = daily_report.id',
        key: 'visit.report_id',
        without: 'visit.report_id IS NULL',
      },
    },
    columns: {
      day: ordered('visit.day', 'visit_day'),
      visitedAt: ordered('visit.visited_at', 'visit_time'),
      endedAt: ordered('visit.ended_at', 'visit_ended'),
      staff: col('staff.name'),
      department: col('staff.department'),
      ...CUSTOMER_COLUMNS,
      method: ordered('visit.method', 'visit_method'),
      purpose: ordered('visit.purpose', 'visit_purpose'),
      content: ordered('visit.content', 'visit_content'),
      result: ordered('visit.result', 'visit_result'),
      report: col('daily_report.number'),
      briefed: col(
        `EXISTS (SELECT 1 FROM visit_brief WHERE visit_brief.customer_id = visit.customer_id AND visit_brief.staff_id = visit.staff_id
          AND visit_brief.taken_at <= visit.visited_at AND visit_brief.taken_at >= strftime('%Y-%m-%dT%H:%M:%fZ', visit.visited_at, '-${BRIEF_VALID_DAYS} days'))`,
      ),
      recordedAt: ordered('visit.recorded_at', 'visit_recorded_at'),
      recordedBy: ordered('visit.recorded_by', 'visit_recorded_by'),
    },
    searched: ['content', 'staff', 'report'],
  },
  dailyReports: {
    from: 'daily_report LEFT JOIN staff ON staff.id = daily_report.staff_id',
    id: 'daily_report.id',
    at: 'daily_report.id = wanted.value',
    key: 'daily_report.number',
    columns: {
      number: col('daily_report.number'),
      day: col('daily_report.day'),
      staff: col('staff.name'),
      department: col('staff.department'),
      visits: col('(SELECT count(*) FROM visit WHERE visit.report_id = daily_report.id)'),
      dueAt: col('daily_report.due_at'),
      handedInAt: col('daily_report.handed_in_at'),
      state: col(
        `CASE WHEN daily_report.handed_in_at IS NULL THEN iif(substr(daily_report.due_at, 1, 10) < ${TODAY}, 'missing', 'open')
          ELSE iif(daily_report.handed_in_at > daily_report.due_at, 'late', 'handedIn') END`,
      ),
      reviewedAt: col('daily_report.reviewed_at'),
      reviewedBy: col('daily_report.reviewed_by'),
      comment: col('daily_report.review_comment'),
      openFacts: col(
        "(SELECT count(*) FROM proposed_fact WHERE proposed_fact.source_number = daily_report.number AND proposed_fact.state = 'open')",
      ),
      updatedAt: col('daily_report.updated_at'),
      updatedBy: col('daily_report.updated_by'),
    },
    searched: ['number', 'staff', 'comment'],
  },
  information: {
    from: `information_report ${CUSTOMER_JOIN('information_report.customer_id')}
      LEFT JOIN staff ON staff.id = information_report.reporter_id`,
    id: 'information_report.id',
    at: 'information_report.id = wanted.value',
    key: 'information_report.number',
    customerId: 'information_report.customer_id',
    columns: {
      number: col('information_report.number'),
      kind: col('information_report.kind'),
      state: col(
        `CASE WHEN information_report.closed_on IS NOT NULL THEN 'closed' WHEN ${WAITING} AND substr(information_report.acknowledge_by, 1, 10) < ${TODAY} THEN 'late'
          WHEN ${WAITING} THEN 'waiting' ELSE 'acknowledged' END`,
      ),
      reportedAt: col('information_report.reported_at'),
      ...CUSTOMER_COLUMNS,
      reporter: col('staff.name'),
      channel: col('information_report.channel'),
      subject: col('information_report.subject'),
      period: col('information_report.period'),
      facts: col("(information_report.field_values ->> 'facts')"),
      acknowledgeBy: col('information_report.acknowledge_by'),
      acknowledgedAt: col('information_report.acknowledged_at'),
      acknowledgedBy: col('information_report.acknowledged_by'),
      handling: col('information_report.handling'),
      closedOn: col('information_report.closed_on'),
      outcome: col('information_report.outcome'),
      passing: col(
        `CASE WHEN EXISTS (SELECT 1 FROM report_passing WHERE report_passing.report_id = information_report.id AND report_passing.state = 'waiting') THEN 'waiting'
          WHEN EXISTS (SELECT 1 FROM report_passing WHERE report_passing.report_id = information_report.id AND report_passing.state = 'passed') THEN 'passed' ELSE '' END`,
      ),
      // Urgent ones that wait, other ones that wait, then all by their time.
      turn: col(
        `iif(${WAITING}, iif(information_report.kind = 'urgent', '2 ', '1 '), '0 ') || information_report.reported_at`,
      ),
    },
    searched: ['number', 'facts', 'reporter', 'outcome'],
  },
  passings: {
    from: `report_passing LEFT JOIN information_report ON information_report.id = report_passing.report_id
      ${CUSTOMER_JOIN('information_report.customer_id')} LEFT JOIN staff ON staff.id = report_passing.staff_id`,
    id: 'report_passing.id',
    at: 'report_passing.id = wanted.value',
    key: "information_report.number || ' ' || report_passing.staff_id",
    customerId: 'information_report.customer_id',
    columns: {
      number: col('information_report.number'),
      toldTo: col('staff.name'),
      department: col('staff.department'),
      state: col('report_passing.state'),
      ...CUSTOMER_COLUMNS,
      kind: col('information_report.kind'),
      subject: col('information_report.subject'),
      facts: col("(information_report.field_values ->> 'facts')"),
      why: col('report_passing.why'),
      passBy: col('report_passing.pass_by'),
      passedAt: col('report_passing.passed_at'),
      channel: col('report_passing.channel'),
      words: col('report_passing.words'),
      passedBy: col('report_passing.decided_by'),
    },
    searched: ['number', 'toldTo', 'facts', 'words'],
  },
  competitors: {
    from: `customer_competitor ${CUSTOMER_JOIN('customer_competitor.customer_id')}`,
    id: `(customer_competitor.customer_id * ${ENTRIES} + customer_competitor.position)`,
    at: `customer_competitor.customer_id = wanted.value / ${ENTRIES} AND customer_competitor.position = wanted.value % ${ENTRIES}`,
    key: "customer.number || ' ' || customer_competitor.position",
    customerId: 'customer_competitor.customer_id',
    columns: {
      competitor: col('customer_competitor.name'),
      ...CUSTOMER_COLUMNS,
      satisfaction: col('customer_competitor.satisfaction'),
      share: col('customer_competitor.share'),
      observedOn: col('customer_competitor.observed_on'),
    },
    searched: ['competitor'],
  },
  projects: {
    from: `customer_project ${CUSTOMER_JOIN('customer_project.customer_id')}`,
    id: `(customer_project.customer_id * ${ENTRIES} + customer_project.position)`,
    at: `customer_project.customer_id = wanted.value / ${ENTRIES} AND customer_project.position = wanted.value % ${ENTRIES}`,
    key: "customer.number || ' ' || customer_project.position",
    customerId: 'customer_project.customer_id',
    columns: {
      ...CUSTOMER_COLUMNS,
      project: col('customer_project.name'),
      stage: col('customer_project.stage'),
      nextStep: col('customer_project.next_step'),
      nextStepOn: col('customer_project.next_step_on'),
      expectedSigning: col('customer_project.expected_signing'),
      probability: col('customer_project.probability'),
      stalled: col(
        `(customer_project.stage NOT IN ('signed', 'cancelled') AND (customer_project.next_step = ''
          OR (customer_project.next_step_on <> '' AND customer_project.next_step_on < ${TODAY})))`,
      ),
    },
    searched: ['project', 'nextStep'],
  },
};
