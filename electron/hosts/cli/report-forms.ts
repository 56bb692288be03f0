import type { InputOf } from '../../../shared/contract/contract.ts';
import type { CommandContext } from './command.ts';

type FirstNumber = (context: CommandContext) => Promise<string>;
const firstCustomer: FirstNumber = async (context) =>
  (await context.call('customers.list', { limit: 1 })).rows[0]?.number ?? '';
const customerWithDealings: FirstNumber = async (context) =>
  (await context.call('orders.list', { limit: 1 })).rows[0]?.customer ?? (await firstCustomer(context));
const presentMonth: FirstNumber = async (context) => (await context.call('desk.overview', {})).today.slice(0, 7);
const firstCampaign: FirstNumber = async (context) =>
  (await context.call('revisions.list', { limit: 1 })).campaigns[0]?.number ?? '';
const yearWithVolumes: FirstNumber = async (context) =>
  String(
    (await context.call('volumes.list', { limit: 1 })).volumes[0]?.year ?? (await presentMonth(context)).slice(0, 4),
  );
const nothing: FirstNumber = async () => '';

/** Every printed form and report, and what it is printed for when nobody says. */
export const REPORT_FORMS = {
  card: firstCustomer,
  catalogue: firstCustomer,
  dossierLabel: firstCustomer,
  loanForm: async (context) =>
    (await context.call('loans.list', { state: 'all', limit: 1 })).loans[0]?.loanNumber ?? '',
  breachFile: async (context) => (await context.call('breaches.list', { limit: 1 })).breaches[0]?.number ?? '',
  // Without a number: the inventory as it stands now.
  officeHandover: nothing,
  visitForm: firstCustomer,
  dailyReport: async (context) => (await context.call('dailyReports.list', { limit: 1 })).reports[0]?.number ?? '',
  informationReport: async (context) => (await context.call('information.list', { limit: 1 })).reports[0]?.number ?? '',
  visitBrief: firstCustomer,
  reportCalendar: presentMonth,
  visitRegister: presentMonth,
  competitorMatrix: nothing,
  competitorPage: async (context) => (await context.call('competitors.list', { limit: 1 })).competitors[0]?.name ?? '',
  projectList: nothing,
  copyConsent: async (context) =>
    (await context.call('copies.requests', { state: 'all', limit: 1 })).requests[0]?.requestNumber ?? '',
  copyReceipt: async (context) =>
    (await context.call('copies.list', { state: 'all', limit: 1 })).copies[0]?.copyNumber ?? '',
  copyRecall: async (context) => String((await context.call('holdings.list', { limit: 1 })).holdings[0]?.staffId ?? ''),
  revisionList: firstCampaign,
  revisionReport: firstCampaign,
  stockCheck: async (context) => (await context.call('stockChecks.list', { limit: 1 })).checks[0]?.number ?? '',
  supervisionReport: presentMonth,
  recoveryRound: async (context) => (await context.call('rounds.list', { limit: 1 })).rounds[0]?.roundNumber ?? '',
  orderRegister: customerWithDealings,
  debtRegister: customerWithDealings,
  goodsRegister: customerWithDealings,
  returnRegister: async (context) =>
    (await context.call('returns.list', { limit: 1 })).rows[0]?.customer ?? (await firstCustomer(context)),
  creditApproval: async (context) =>
    (await context.call('creditApplications.list', { limit: 1 })).rows[0]?.number ?? '',
  scoreSheet: async (context) => (await context.call('credit.proposals', { limit: 1 })).rows[0]?.number ?? '',
  repaymentPlan: async (context) => (await context.call('repayments.list', { limit: 1 })).plans[0]?.number ?? '',
  extensionApproval: async (context) => (await context.call('extensions.list', { limit: 1 })).rows[0]?.number ?? '',
  termsSlip: customerWithDealings,
  creditList: nothing,
  routeSheet: async (context) => {
    const { people } = await context.call('routes.people', {});
    return `staff:${people[0]?.staffId ?? 0}`;
  },
  lookupIndex: nothing,
  registerBook: nothing,
  issueRegister: nothing,
  holdings: nothing,
  yearCleaning: async (context) => {
    const { years, due } = await context.call('archiveYears.list', {});
    return String(due ?? years[0]?.year ?? '');
  },
  volumeList: yearWithVolumes,
  spineLabels: yearWithVolumes,
  notesSheet: async (context) => (await context.call('volumes.list', { limit: 1 })).volumes[0]?.code ?? '',
  manual: nothing,
  shelfLabels: nothing,
  placeHoldings: nothing,
  dossierCatalogue: firstCustomer,
  customerFile: firstCustomer,
  dossierNotes: firstCustomer,
  auditExtract: nothing,
  backupSheet: nothing,
  missingLedger: nothing,
  exportSets: nothing,
  disposalList: async (context) => (await context.call('disposals.list', { limit: 1 })).lists[0]?.number ?? '',
} satisfies Partial<Record<InputOf<'print.form'>['form'], FirstNumber>>;
