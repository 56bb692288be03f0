import { Select } from '@mantine/core';
import type { Role } from '../../../shared/domain/roles.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { type ChosenStaff, StaffSelect } from '../../ui/fields/staff-select.tsx';
import styles from './loans.module.css';

/** Who signed the borrow form, and as what. */
export interface Approver {
  readonly staff: ChosenStaff | null;
  readonly role: Role;
}

interface ApprovalPartProps {
  /** Empty: it is not the level that asks, but an exception. */
  readonly levels: readonly string[];
  readonly agreedBy: string | null;
  readonly approver: Approver;
  readonly onApprover: (next: Approver) => void;
  /** The person is here and types an own secret. */
  readonly onSecret: () => void;
  readonly missing: boolean;
}

/** The approval that the level asks for (B1): whoever signed the form is named, or types an own secret here. */
export function ApprovalPart({ levels, agreedBy, approver, onApprover, onSecret, missing }: ApprovalPartProps) {
  const { t } = useText();
  const roles = useArchiveQuery('agreements.people', { kind: 'loan' }).data?.roles ?? [];
  if (agreedBy !== null) return <p className={styles.agreed}>{t('loans.agreedBy', { name: agreedBy })}</p>;
  return (
    <fieldset className={styles.approval} aria-label={t('loans.approval')}>
      <p className={styles.soft}>
        {levels.length === 0
          ? t('loans.overrideNeeded')
          : t('loans.approvalNeeded', {
              levels: levels.map((level) => t(`option.securityLevel.${level}`)).join(t('form.listSeparator')),
            })}
      </p>
      <div className={styles.two}>
        <StaffSelect
          label={t('loans.approver')}
          required={false}
          value={approver.staff}
          onChange={(staff) => onApprover({ ...approver, staff })}
          error={missing && approver.staff === null ? t('loans.approverNeeded') : null}
        />
        <Select
          label={t('agreement.asRole')}
          data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          value={approver.role}
          onChange={(next) => next !== null && onApprover({ ...approver, role: next as Role })}
        />
      </div>
      <Button size="small" kind="quiet" onClick={onSecret}>
        {t('loans.approveHere')}
      </Button>
    </fieldset>
  );
}
