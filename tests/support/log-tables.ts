import { auditMigrationSql } from '../../electron/audit/audit-schema.ts';
import { auditCountsSql } from '../../electron/store/migrations/0760-audit-counts.ts';

/** The log's own tables as they stand now, for a small schema beside them. */
export const logTablesSql = `${auditMigrationSql}${auditCountsSql}`;
