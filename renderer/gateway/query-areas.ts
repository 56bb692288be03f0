import type { OperationName } from '../../shared/contract/contract.ts';
import type { Area } from '../../shared/contract/messages.ts';

const EVERYTHING: readonly Area[] = [
  'customers',
  'visits',
  'dossiers',
  'scans',
  'loans',
  'lookup',
  'volumes',
  'audit',
  'users',
  'staff',
  'settings',
  'imports',
  'agreements',
  'duties',
  'revision',
  'copies',
];

/** Which areas a query's answer depends on: a change event of one of them makes it stale. */
const QUERY_AREAS: Partial<Record<OperationName, readonly Area[]>> = {
  'session.current': ['session', 'settings'],
  'desk.overview': EVERYTHING,
  'duties.today': EVERYTHING,
  'duties.list': EVERYTHING,
  'duties.calendar': EVERYTHING,
  'duties.day': EVERYTHING,
  'duties.putOffList': EVERYTHING,
  'settings.get': ['settings'],
  'customers.list': ['customers', 'dossiers', 'imports'],
  'customers.groups': ['customers', 'dossiers', 'imports'],
  'customers.totals': ['customers', 'dossiers', 'imports'],
  'customers.get': ['customers', 'visits', 'imports'],
  'customers.history': ['customers', 'visits', 'imports'],
  'customers.numberGaps': ['customers', 'imports'],
  'customers.similar': ['customers', 'imports'],
  'visits.list': ['visits', 'customers'],
  'dossiers.list': ['dossiers', 'customers', 'imports'],
  'dossiers.get': ['dossiers', 'scans', 'loans', 'volumes', 'customers'],
  'dossiers.paper': ['dossiers', 'scans', 'loans', 'volumes'],
  'dossiers.missing': ['dossiers', 'customers'],
  'staff.list': ['staff', 'loans', 'users'],
  'users.list': ['users', 'staff'],
  'agreements.people': ['users', 'staff'],
  'agreements.list': ['agreements'],
  'copies.recipient': ['copies', 'staff', 'users', 'dossiers'],
  'copies.requests': ['copies', 'agreements', 'customers', 'staff', 'dossiers'],
  'copies.getRequest': ['copies', 'agreements', 'customers', 'staff', 'users', 'dossiers'],
  'copies.writeOffStatement': ['copies', 'agreements'],
  'copies.list': ['copies', 'customers', 'staff'],
  'copies.get': ['copies', 'customers', 'staff'],
  'holdings.list': ['copies', 'loans', 'staff', 'dossiers'],
  'rounds.list': ['copies', 'settings'],
  'rounds.get': ['copies'],
  'loans.list': ['loans', 'dossiers'],
  'loans.get': ['loans'],
  'loans.proposal': ['loans', 'dossiers', 'staff'],
  'lookup.register': ['lookup', 'session'],
  'search.find': ['customers', 'dossiers', 'loans', 'staff', 'imports'],
  'imports.list': ['imports', 'customers'],
  'binding.plan': ['dossiers', 'loans', 'volumes', 'customers', 'scans'],
  'volumes.list': ['volumes'],
  'audit.list': EVERYTHING,
};

/** True when an answer of `name` may no longer hold after a change in `areas`. */
export function dependsOn(name: string, areas: readonly Area[]): boolean {
  const dependencies = QUERY_AREAS[name as OperationName];
  return dependencies?.some((area) => areas.includes(area)) ?? false;
}
