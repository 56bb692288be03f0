/** Roles of the archive (rule R). A salesperson never signs in. */
export const ROLES = [
  'keeper',
  'supervisor',
  'accountManager',
  'businessManager',
  'customerService',
  'executive',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Who may look up (L1): business managers, customer service, manager level and above. */
export const LOOKUP_ROLES: readonly Role[] = [
  'businessManager',
  'customerService',
  'executive',
  'accountManager',
  'supervisor',
];
