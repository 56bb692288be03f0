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

/**
 * Who can sit at the desk: keeper and supervisor open the archive with their own secret, an auditor sits down where the keeper has
 * opened it and handed the screen over. Nobody else ever does (security §1.3).
 */
export const DESK_ROLES: readonly Role[] = ['keeper', 'supervisor', 'auditor'];

/** Who may look up (L1): business managers, customer service, manager level and above. */
export const LOOKUP_ROLES: readonly Role[] = [
  'businessManager',
  'customerService',
  'executive',
  'accountManager',
  'supervisor',
];
