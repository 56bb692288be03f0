import {
  type Icon,
  IconAddressBook,
  IconArrowsExchange,
  IconBooks,
  IconChartBar,
  IconChecklist,
  IconCopy,
  IconEye,
  IconFileImport,
  IconFolders,
  IconHelp,
  IconHistory,
  IconHome,
  IconScale,
  IconSettings,
  IconUsers,
  IconWalk,
} from '@tabler/icons-react';
import type { Role } from '../../shared/domain/roles.ts';
import { type CodeApart, codeApart } from '../state/code-apart.tsx';

/** One screen of the desk. */
export interface Screen extends CodeApart {
  /** `Place.screen` */
  readonly id: string;
  readonly labelKey: string;
  readonly icon: Icon;
  /** Shown in the rail; others are reached from screens and the search box. */
  readonly inRail: boolean;
  /** Only for these roles; default: everybody at the desk. */
  readonly roles?: readonly Role[];
  /** Starts a group after a hairline in the rail. */
  readonly startsGroup?: boolean;
}

/** Every screen, in the order of the rail. Ctrl 1 … 9 lead to those in the rail. */
export const SCREENS: readonly Screen[] = [
  {
    id: 'today',
    labelKey: 'screen.today',
    icon: IconHome,
    inRail: true,
    ...codeApart(async () => (await import('../features/today/today-screen.tsx')).TodayScreen),
  },
  {
    id: 'cards',
    labelKey: 'screen.cards',
    icon: IconAddressBook,
    inRail: true,
    ...codeApart(async () => (await import('../features/cards/cards-screen.tsx')).CardsScreen),
  },
  {
    id: 'dossiers',
    labelKey: 'screen.dossiers',
    icon: IconFolders,
    inRail: true,
    ...codeApart(async () => (await import('../features/dossiers/dossiers-screen.tsx')).DossiersScreen),
  },
  {
    id: 'visits',
    labelKey: 'screen.visits',
    icon: IconWalk,
    inRail: true,
    ...codeApart(async () => (await import('../features/visits/visits-screen.tsx')).VisitsScreen),
  },
  {
    id: 'loans',
    labelKey: 'screen.loans',
    icon: IconArrowsExchange,
    inRail: true,
    ...codeApart(async () => (await import('../features/loans/loans-screen.tsx')).LoansScreen),
  },
  {
    id: 'copies',
    labelKey: 'screen.copies',
    icon: IconCopy,
    inRail: true,
    ...codeApart(async () => (await import('../features/copies/copies-screen.tsx')).CopiesScreen),
  },
  {
    id: 'credit',
    labelKey: 'screen.credit',
    icon: IconScale,
    inRail: true,
    ...codeApart(async () => (await import('../features/credit/credit-screen.tsx')).CreditScreen),
  },
  {
    id: 'lookup',
    labelKey: 'screen.lookup',
    icon: IconEye,
    inRail: true,
    ...codeApart(async () => (await import('../features/lookup/lookup-screen.tsx')).LookupScreen),
  },
  {
    id: 'binding',
    labelKey: 'screen.binding',
    icon: IconBooks,
    inRail: true,
    ...codeApart(async () => (await import('../features/binding/binding-screen.tsx')).BindingScreen),
  },
  {
    id: 'analysis',
    labelKey: 'screen.analysis',
    icon: IconChartBar,
    inRail: true,
    ...codeApart(async () => (await import('../features/analysis/analysis-screen.tsx')).AnalysisScreen),
  },
  {
    id: 'revision',
    labelKey: 'screen.revision',
    icon: IconChecklist,
    inRail: true,
    startsGroup: true,
    ...codeApart(async () => (await import('../features/revision/revision-screen.tsx')).RevisionScreen),
  },
  {
    id: 'audit',
    labelKey: 'screen.audit',
    icon: IconHistory,
    inRail: true,
    ...codeApart(async () => (await import('../features/audit/audit-screen.tsx')).AuditScreen),
  },
  {
    id: 'people',
    labelKey: 'screen.people',
    icon: IconUsers,
    inRail: true,
    ...codeApart(async () => (await import('../features/people/people-screen.tsx')).PeopleScreen),
  },
  {
    id: 'settings',
    labelKey: 'screen.settings',
    icon: IconSettings,
    inRail: true,
    ...codeApart(async () => (await import('../features/settings/settings-screen.tsx')).SettingsScreen),
  },
  {
    id: 'help',
    labelKey: 'screen.help',
    icon: IconHelp,
    inRail: true,
    ...codeApart(async () => (await import('../features/help/help-screen.tsx')).HelpScreen),
  },
  {
    id: 'imports',
    labelKey: 'screen.imports',
    icon: IconFileImport,
    inRail: false,
    roles: ['keeper'],
    ...codeApart(async () => (await import('../features/imports/import-screen.tsx')).ImportScreen),
  },
];

export function screenById(id: string): Screen | undefined {
  return SCREENS.find((screen) => screen.id === id);
}
