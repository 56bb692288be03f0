import { AppError } from '../../shared/errors/app-error.ts';
import { daysBetween } from '../../shared/util/days.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { compareScopes, flaggedInBoth } from '../store/revision-comparison.ts';
import {
  activeCampaign,
  type CampaignRow,
  campaignBefore,
  countOutcomes,
  inquiriesOf,
  lastClosedCampaign,
  listRevisionRows,
  pausesOf,
  type RevisionRowView,
} from '../store/revisions.ts';
import type { Reader } from '../store/sql.ts';
import { filledText, type PaperLanguage, recordText } from './record-texts.ts';
import { getCampaign } from './revision-record.ts';
import { dayOf } from './today.ts';

/** Most rows of one printed form; the closing line says how many confirmed ones were left out. */
const MOST_ROWS = 3_000;
/** Rows read at once with their inquiries. */
const PAGE = 500;
/** Cards flagged twice that are named; the others are counted. */
const NAMED_AGAIN = 12;

/** The campaign that is meant: by its number, else the one under way, else the last. */
function campaignFor(sql: Reader, number: string): CampaignRow {
  if (number !== '') return getCampaign(sql, number);
  const found = activeCampaign(sql) ?? lastClosedCampaign(sql);
  if (found === undefined) throw new AppError('NOT_FOUND', { params: { what: 'revision', number } });
  return found;
}

function* rowsOf(sql: Reader, campaignId: number, outcome: RevisionRowView['outcome'], most: number) {
  for (let offset = 0; offset < most; offset += PAGE) {
    const limit = Math.min(PAGE, most - offset);
    const { rows } = listRevisionRows(sql, campaignId, { outcome, text: '' }, offset, limit);
    yield* rows;
    if (rows.length < limit) return;
  }
}

/** The open cards in the order of the work, with room for what is found out on the way (全面修訂核查表). */
export function revisionListForm(sql: Reader, base: PrintCommon, number: string): TableReportForm {
  const { language } = base;
  const campaign = campaignFor(sql, number);
  const text = (key: string) => recordText(language, `revisionPrint.${key}`);
  const counts = countOutcomes(sql, campaign.id);
  const rows = [...rowsOf(sql, campaign.id, 'open', MOST_ROWS)];
  return {
    ...base,
    landscape: true,
    title: text('list'),
    particulars: [
      { label: text('number'), value: [campaign.number, campaign.title].join(' ').trim() },
      { label: text('dueOn'), value: campaign.due_on },
      { label: text('openCards'), value: `${counts.open} / ${counts.total}` },
    ],
    columns: [
      { label: text('position'), share: 0.5, align: 'end' },
      { label: text('card'), share: 0.9 },
      { label: text('name'), share: 2.4 },
      { label: text('tier'), share: 0.6 },
      { label: text('reviewDue'), share: 1 },
      { label: text('place'), share: 1.3 },
      { label: text('asked'), share: 1.4 },
      { label: text('answer'), share: 2 },
      { label: text('outcome'), share: 1 },
    ],
    rows: rows.map((row) => [
      String(row.position),
      row.number,
      row.name,
      recordText(language, `option.tier.${row.tier}`),
      row.review_due,
      row.place,
      '',
      '',
      '□ ○ ▷',
    ]),
    closing: text('listClosing'),
  };
}

function askedWords(language: PaperLanguage, inquiry: { source: string; asked: string; asked_on: string } | undefined) {
  if (inquiry === undefined) return '';
  return [recordText(language, `revisionSource.${inquiry.source}`), inquiry.asked, inquiry.asked_on].join(' ');
}

/** Cards that came to the scope or left it since the campaign before, and those that were flagged both times. */
function scopeBeside(sql: Reader, language: PaperLanguage, campaignId: number, formerId: number | undefined) {
  if (formerId === undefined) return [];
  const { added, gone } = compareScopes(sql, campaignId, formerId);
  const again = flaggedInBoth(sql, campaignId, formerId);
  const named = again.slice(0, NAMED_AGAIN).map(({ number, name }) => `${number} ${name}`);
  return [
    {
      label: recordText(language, 'revision.figure.scope'),
      value: filledText(language, 'revision.addedGone', { added: String(added), gone: String(gone) }),
    },
    ...(again.length === 0
      ? []
      : [
          {
            label: recordText(language, 'revision.flaggedAgain'),
            value: [String(again.length), named.join('、')].join('　'),
            wide: true,
          },
        ]),
  ];
}

/** How a campaign went: figures, comparison with the one before, and every card with who was asked and what they said. */
export function revisionReportForm(sql: Reader, base: PrintCommon, number: string): TableReportForm {
  const { language } = base;
  const campaign = campaignFor(sql, number);
  const text = (key: string) => recordText(language, `revisionPrint.${key}`);
  const outcome = (key: string) => recordText(language, `revisionOutcome.${key}`);
  const counts = countOutcomes(sql, campaign.id);
  const former = campaignBefore(sql, campaign.id);
  const before = former && countOutcomes(sql, former.id);
  const beside = (now: number, then: number | undefined) => (then === undefined ? String(now) : `${now} (${then})`);
  const ended = campaign.closed_at === null ? '' : dayOf(new Date(campaign.closed_at));
  const started = dayOf(new Date(campaign.started_at));
  // What needs a second look comes first; confirmed cards fill the rest.
  const rows: RevisionRowView[] = [];
  for (const part of ['flagged', 'corrected', 'open', 'confirmed'] as const)
    for (const row of rowsOf(sql, campaign.id, part, MOST_ROWS - rows.length)) rows.push(row);
  const inquiries = new Map(
    inquiriesOf(
      sql,
      rows.map(({ id }) => id),
    ).map((row) => [row.row_id, row]),
  );
  const left = counts.total - rows.length;
  return {
    ...base,
    landscape: true,
    title: text('report'),
    particulars: [
      { label: text('number'), value: [campaign.number, campaign.title].join(' ').trim() },
      { label: text('period'), value: `${started} – ${ended === '' ? text('running') : ended}` },
      ...(ended === '' ? [] : [{ label: text('days'), value: String(daysBetween(started, ended)) }]),
      ...(former === undefined ? [] : [{ label: text('compared'), value: former.number }]),
      { label: text('cards'), value: beside(counts.total, before?.total) },
      ...scopeBeside(sql, language, campaign.id, former?.id),
      { label: outcome('confirmed'), value: beside(counts.confirmed, before?.confirmed) },
      { label: outcome('corrected'), value: beside(counts.corrected, before?.corrected) },
      { label: outcome('flagged'), value: beside(counts.flagged, before?.flagged) },
      { label: text('notReachable'), value: beside(counts.notReachable, before?.notReachable) },
      ...(counts.open === 0 ? [] : [{ label: outcome('open'), value: String(counts.open) }]),
      ...pausesOf(sql, campaign.id).map((pause) => ({
        label: text('pause'),
        value: [
          dayOf(new Date(pause.from_at)),
          pause.to_at === null ? '' : `– ${dayOf(new Date(pause.to_at))}`,
          pause.reason,
        ].join(' '),
      })),
      { label: text('keeper'), value: campaign.started_by },
      {
        label: text('signedBy'),
        value:
          campaign.signed_by === ''
            ? ''
            : [
                campaign.signed_by,
                recordText(language, `revisionPrint.role.${campaign.signed_role}`),
                campaign.agreement,
              ]
                .join(' ')
                .trim(),
      },
      ...(campaign.remark === '' ? [] : [{ label: text('remark'), value: campaign.remark }]),
    ],
    columns: [
      { label: text('position'), share: 0.5, align: 'end' },
      { label: text('card'), share: 0.9 },
      { label: text('name'), share: 2.2 },
      { label: text('tier'), share: 0.6 },
      { label: text('outcome'), share: 1.3 },
      { label: text('asked'), share: 2 },
      { label: text('answer'), share: 2.2 },
    ],
    rows: rows.map((row) => {
      const inquiry = inquiries.get(row.id);
      return [
        String(row.position),
        row.number,
        row.name,
        recordText(language, `option.tier.${row.tier}`),
        [outcome(row.outcome), row.flag === '' ? '' : recordText(language, `revisionFlag.${row.flag}`)]
          .join(' ')
          .trim(),
        askedWords(language, inquiry),
        [inquiry?.answer ?? '', row.note].filter((part) => part !== '').join(' · '),
      ];
    }),
    closing: left > 0 ? filledText(language, 'revisionPrint.leftOut', { count: left }) : text('allListed'),
  };
}
