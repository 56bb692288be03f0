import { MultiSelect, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useDeferredValue, useState } from 'react';
import type { CopyRequest } from '../../../shared/contract/copies.ts';
import { RECIPIENT_ROLES, type RecipientRole } from '../../../shared/domain/issued-copies.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { type ChosenStaff, StaffSelect } from '../../ui/fields/staff-select.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './copies.module.css';

interface RequestFormProps {
  /** Null for a new one. */
  readonly request: CopyRequest | null;
  readonly onSaved: (request: CopyRequest) => void;
  readonly onBack: () => void;
}

const PURPOSES = ['visit', 'renewal', 'promotion', 'complaint', 'delivery'];

/** A request for a copy: for whom, which customers, what for, until when. What it shows follows from the recipient (I2). */
export function RequestForm({ request, onSaved, onBack }: RequestFormProps) {
  const { t } = useText();
  const [staff, setStaff] = useState<ChosenStaff | null>(request?.recipient ?? null);
  const staffId = staff?.id ?? null;
  const [role, setRole] = useState<RecipientRole | null>(request?.recipient.role ?? null);
  const [customers, setCustomers] = useState<string[]>(request?.customers.map((one) => one.number) ?? []);
  const [papers, setPapers] = useState<string[]>(request?.papers.map((one) => one.code) ?? []);
  const [purpose, setPurpose] = useState(request?.purpose ?? '');
  const [back, setBack] = useState<string | null>(request?.recoverBy ?? null);
  const [tried, setTried] = useState(false);
  const add = useArchiveCommand('copies.request');
  const change = useArchiveCommand('copies.changeRequest');
  const saving = request === null ? add : change;

  const recipient = useArchiveQuery(
    'copies.recipient',
    { staffId: staffId ?? 0, customers, ...(role === null ? {} : { recipientRole: role }) },
    { enabled: staffId !== null, keepPrevious: true },
  );
  const known = staffId === null ? undefined : recipient.data;
  const chosenRole = role ?? known?.recipient.role ?? 'salesperson';
  const typedBack = back ?? known?.recoverBy ?? '';
  const day = parseTypedDate(typedBack);
  const refusals = known?.refusals ?? [];
  const wrong = {
    recipient: staffId === null,
    customers: customers.length === 0,
    purpose: purpose.trim() === '',
    back: typeof day !== 'string',
  };
  const said = (bad: boolean, key: string): string | null => (tried && bad ? t(key) : null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (staffId === null || typeof day !== 'string' || wrong.customers || wrong.purpose) return;
    if (refusals.length > 0 || saving.isPending) return;
    const wanted = {
      recipientId: staffId,
      recipientRole: chosenRole,
      purpose: purpose.trim(),
      customers,
      papers: chosenRole === 'customerService' ? papers : [],
      recoverBy: day,
    };
    try {
      onSaved(
        request === null
          ? await add.mutateAsync(wanted)
          : await change.mutateAsync({ requestNumber: request.requestNumber, ...wanted }),
      );
    } catch {
      // Said above the form.
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => void submit(event)}
      noValidate
      autoComplete="off"
      aria-label={t('copies.requestForm')}
    >
      <h2 className={styles.formTitle}>
        {request === null ? t('copies.newRequest') : t('copies.changeRequest', { number: request.requestNumber })}
      </h2>
      <ErrorNote error={saving.error} showFields />
      <StaffSelect
        label={t('copies.column.recipient')}
        value={staff}
        autoFocus={request === null}
        onChange={(next) => {
          setStaff(next);
          setRole(null);
          setBack(null);
        }}
        error={said(wrong.recipient, 'copies.recipientNeeded')}
      />
      <div>
        <SegmentedControl
          fullWidth
          aria-label={t('copies.column.shows')}
          value={chosenRole}
          onChange={(next) => {
            setRole(next as RecipientRole);
            setBack(null);
          }}
          data={RECIPIENT_ROLES.map((one) => ({ value: one, label: t(`copies.shows.${one}`) }))}
        />
        <p className={styles.say}>{t(`copies.showsLong.${chosenRole}`)}</p>
      </div>
      {refusals.length > 0 && (
        <ul className={styles.refusals} role="alert">
          {refusals.map((reason) => (
            <li key={reason}>{t(`issueRefusal.${reason}`)}</li>
          ))}
        </ul>
      )}
      <CustomersField
        value={customers}
        known={request?.customers ?? []}
        onChange={setCustomers}
        error={said(wrong.customers, 'copies.customersNeeded')}
      />
      {chosenRole === 'customerService' && (
        <TagsInput
          label={t('copies.papers')}
          description={t('copies.papersHelp')}
          placeholder={papers.length === 0 ? t('copies.papersHint') : ''}
          value={papers}
          onChange={setPapers}
          autoComplete="off"
          splitChars={[',', '，', '、', ' ']}
          maxTags={100}
        />
      )}
      <TextInput
        label={t('copies.purpose')}
        required
        maxLength={2_000}
        autoComplete="off"
        list="copy-purposes"
        value={purpose}
        error={said(wrong.purpose, 'validation.required')}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <datalist id="copy-purposes">
        {PURPOSES.map((key) => (
          <option key={key} value={t(`copies.purposes.${key}`)} />
        ))}
      </datalist>
      <TextInput
        label={t('copies.recoverBy')}
        required
        autoComplete="off"
        value={typedBack}
        error={said(wrong.back, 'validation.date')}
        onChange={(event) => setBack(event.currentTarget.value)}
        onBlur={() => typeof day === 'string' && back !== null && setBack(day)}
      />
      <div className={styles.formActions}>
        <Button onClick={onBack} keys="escape">
          {t('kit.back')}
        </Button>
        <Button
          type="submit"
          kind="primary"
          size="large"
          keys="enter"
          busy={saving.isPending}
          disabled={refusals.length > 0}
        >
          {t(request === null ? 'copies.saveRequest' : 'kit.save')}
        </Button>
      </div>
    </form>
  );
}

/** Customers by any part of a name, pinyin, initials or number; those already chosen keep their names. */
function CustomersField({
  value,
  known,
  onChange,
  error,
}: {
  readonly value: string[];
  readonly known: CopyRequest['customers'];
  readonly onChange: (numbers: string[]) => void;
  readonly error: string | null;
}) {
  const { t } = useText();
  const [sought, setSought] = useState('');
  const [names, setNames] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(known.map((one) => [one.number, `${one.number}　${one.name}`])),
  );
  const text = useDeferredValue(sought.trim());
  const found =
    useArchiveQuery(
      'search.find',
      { text: text === '' ? '0' : text, kinds: ['customer'], limit: 20 },
      { enabled: text !== '', keepPrevious: true },
    ).data?.hits ?? [];
  const hits = text === '' ? [] : found.map((hit) => ({ value: hit.number, label: `${hit.number}　${hit.title}` }));
  const chosen = value
    .filter((number) => !hits.some((hit) => hit.value === number))
    .map((number) => ({ value: number, label: names[number] ?? number }));
  return (
    <MultiSelect
      label={t('copies.column.customers')}
      required
      searchable
      autoComplete="off"
      placeholder={value.length === 0 ? t('copies.customersHint') : ''}
      nothingFoundMessage={text === '' ? undefined : t('copies.customerUnknown')}
      data={[...hits, ...chosen]}
      filter={({ options }) => (text === '' ? [] : options)}
      value={value}
      searchValue={sought}
      onSearchChange={setSought}
      onChange={(next) => {
        setNames((before) => ({ ...before, ...Object.fromEntries(hits.map((hit) => [hit.value, hit.label])) }));
        onChange(next);
        setSought('');
      }}
      hidePickedOptions
      maxValues={200}
      error={error}
    />
  );
}
