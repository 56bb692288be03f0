import type { AgreementStatement } from '../../shared/domain/agreements.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { daysBetween } from '../../shared/util/days.ts';
import { compareScopes, correctedFields, flaggedInBoth, settledContent } from '../store/revision-comparison.ts';
import { type CampaignRow, campaignBefore, countOutcomes, updateCampaign } from '../store/revisions.ts';
import type { Reader } from '../store/sql.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import { sha256Hex } from '../vault/hash.ts';
import { listUsers } from '../vault/vault.ts';
import { agreementStandingOf, consumeAgreement } from './agreements.ts';
import type { HandlersOf, QueryContext } from './context.ts';
import { proveAgain } from './prove-person.ts';
import { getCampaign, requireAct, shownCampaign } from './revision-record.ts';
import { dayOf, todayOf } from './today.ts';

/** Most names of flagged cards and of fields that a comparison gives. */
const NAMED = 50;
const FIELDS = 12;

/** What a supervisor signs: the figures, and the SHA-256 of how every single card ended. */
export function signOffStatement(sql: Reader, campaign: CampaignRow): AgreementStatement {
  const counts = countOutcomes(sql, campaign.id);
  const content = sha256Hex(canonicalJson(settledContent(sql, campaign.id)));
  const line = (field: string, value: string | number) => ({ field, value: String(value) });
  return {
    kind: 'revision',
    subject: `revision:${campaign.number}`,
    purpose: campaign.title === '' ? campaign.number : campaign.title,
    lines: [
      line('revisionNumber', campaign.number),
      line('revisionStarted', dayOf(new Date(campaign.started_at))),
      line('revisionCards', counts.total),
      line('revisionOpen', counts.open),
      line('revisionConfirmed', counts.confirmed),
      line('revisionCorrected', counts.corrected),
      line('revisionFlagged', counts.flagged),
      line('revisionNotReachable', counts.notReachable),
      line('revisionContent', content),
    ],
  };
}

/** Is anybody admitted as a supervisor? Until then the keeper's own fresh secret stands for the sign-off. */
async function hasSupervisor({ archive, clock }: QueryContext): Promise<boolean> {
  const users = await listUsers({ directory: archive.directory, opened: archive.vault });
  const now = clock.now().toISOString();
  return users.some(({ role, validUntil }) => role === 'supervisor' && (validUntil === null || validUntil > now));
}

async function requireOwnSecret(context: QueryContext, secret: string | undefined): Promise<void> {
  if (secret === undefined) throw new AppError('FRESH_SECRET_NEEDED');
  await proveAgain(context, secret);
}

function daysOf(campaign: CampaignRow, today: string): number {
  const end = campaign.closed_at === null ? today : dayOf(new Date(campaign.closed_at));
  return daysBetween(dayOf(new Date(campaign.started_at)), end);
}

/** Sign-off (M2) and the comparison with the campaign before. */
export const revisionCloseHandlers: HandlersOf<'revisions.signOff' | 'revisions.close' | 'revisions.compare'> = {
  'revisions.signOff': {
    phase: 'query',
    async run(context, { campaign }) {
      const statement = signOffStatement(context.sql, getCampaign(context.sql, campaign));
      return {
        statement: { ...statement, lines: [...statement.lines] },
        ...agreementStandingOf(context.sql, statement, context.clock.now()),
        ownSecret: !(await hasSupervisor(context)),
      };
    },
  },
  'revisions.close': {
    phase: 'job',
    async run(context, { campaign, remark, secret }) {
      const { actor } = context;
      const asked = getCampaign(context.sql, campaign);
      context.note({ object: `revision:${asked.number}` });
      requireAct(context.sql, asked, 'close');
      const alone = actor.role === 'keeper' && !(await hasSupervisor(context));
      if (alone) {
        const signed = agreementStandingOf(context.sql, signOffStatement(context.sql, asked), context.clock.now());
        if (signed.standing !== 'valid') await requireOwnSecret(context, secret);
      }
      return await context.transaction((change) => {
        const { sql, clock } = change;
        const row = getCampaign(sql, campaign);
        const counts = requireAct(sql, row, 'close');
        const statement = signOffStatement(sql, row);
        const own =
          actor.role === 'supervisor' ||
          (alone && agreementStandingOf(sql, statement, clock.now()).standing !== 'valid');
        const agreed = own
          ? { name: actor.displayName, role: actor.role, number: '' }
          : consumeAgreement(change, statement, `revision:${row.number}`);
        updateCampaign(sql, {
          ...row,
          active: null,
          closed_at: clock.now().toISOString(),
          closed_by: actor.displayName,
          signed_by: agreed.name,
          signed_role: agreed.role,
          agreement: agreed.number,
          remark: remark.trim(),
        });
        change.note({ data: { cards: counts.total, corrected: counts.corrected, flagged: counts.flagged } });
        return shownCampaign(sql, getCampaign(sql, campaign));
      });
    },
  },
  'revisions.compare': {
    phase: 'query',
    run({ sql, clock }, { campaign }) {
      const row = getCampaign(sql, campaign);
      const former = campaignBefore(sql, row.id);
      const today = todayOf(clock);
      const figures = (of: CampaignRow) => ({
        number: of.number,
        counts: countOutcomes(sql, of.id),
        days: daysOf(of, today),
      });
      const before = former === undefined ? [] : correctedFields(sql, former.id);
      const flagged = former === undefined ? [] : flaggedInBoth(sql, row.id, former.id);
      return {
        current: figures(row),
        previous: former === undefined ? null : figures(former),
        ...(former === undefined ? { added: 0, gone: 0 } : compareScopes(sql, row.id, former.id)),
        flaggedAgain: flagged.slice(0, NAMED),
        flaggedAgainTotal: flagged.length,
        corrected: correctedFields(sql, row.id)
          .slice(0, FIELDS)
          .map(({ kind, field, count }) => ({
            kind,
            field,
            count,
            before: before.find((one) => one.kind === kind && one.field === field)?.count ?? 0,
          })),
      };
    },
  },
};
