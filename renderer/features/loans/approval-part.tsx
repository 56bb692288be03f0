import { Select } from '@mantine/core';
import type { AgreementKind } from '../../../shared/domain/agreements.ts';
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
  /** Names of those who have agreed here, the first before the second. */
  readonly agreedBy: readonly string[];
  readonly approver: Approver;
  readonly onApprover: (next: Approver) => void;
  /** Null where one approval is enough. */
  readonly second: Approver | null;
  readonly onSecond: (next: Approver) => void;
  /** The second is the first once more. */
  readonly sameTwice: boolean;
  /** The person is here and types an own secret. */
  readonly onSecret: () => void;
}

/** The approval that the level asks for (B1), of one person or of two in a row: whoever signed the form is named, or types an own secret here. */
export function ApprovalPart(props: ApprovalPartProps) {
  const { levels, agreedBy, approver, onApprover, second, onSecond, sameTwice, onSecret } = props;
  const { t } = useText();
  const agreed = agreedBy.length > 0 && (
    <p className={styles.agreed}>{t('loans.agreedBy', { name: agreedBy.join(t('form.listSeparator')) })}</p>
  );
  if (agreedBy.length > (second === null ? 0 : 1)) return agreed;
  return (
    <fieldset className={styles.approval} aria-label={t('loans.approval')}>
      <p className={styles.soft}>
        {levels.length === 0
          ? t('loans.overrideNeeded')
          : t('loans.approvalNeeded', {
              levels: levels.map((level) => t(`option.securityLevel.${level}`)).join(t('form.listSeparator')),
            })}
      </p>
      {agreed === false ? (
        <Signed kind="loan" label={t('loans.approver')} value={approver} onChange={onApprover} error={null} />
      ) : (
        agreed
      )}
      {second !== null && (
        <Signed
          kind="loanSecond"
          label={t('loans.secondApprover')}
          value={second}
          onChange={onSecond}
          error={sameTwice ? t('hint.agreement.same') : null}
        />
      )}
      <Button size="small" kind="quiet" onClick={onSecret}>
        {t('loans.approveHere')}
      </Button>
    </fieldset>
  );
}

function Signed({
  kind,
  label,
  value,
  onChange,
  error,
}: {
  readonly kind: AgreementKind;
  readonly label: string;
  readonly value: Approver;
  readonly onChange: (next: Approver) => void;
  readonly error: string | null;
}) {
  const { t } = useText();
  const roles = useArchiveQuery('agreements.people', { kind }).data?.roles ?? [];
  return (
    <div className={styles.two}>
      <StaffSelect
        label={label}
        required={false}
        value={value.staff}
        onChange={(staff) => onChange({ ...value, staff })}
        error={error}
      />
      <Select
        label={t('agreement.asRole')}
        data={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
        value={value.role}
        onChange={(next) => next !== null && onChange({ ...value, role: next as Role })}
      />
    </div>
  );
}
