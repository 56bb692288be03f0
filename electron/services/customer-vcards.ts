import { createHash } from 'node:crypto';
import { pinyin } from 'pinyin-pro';
import type { FieldValue } from '../../shared/domain/form-fields.ts';
import { optionLabelKey } from '../../shared/domain/forms/option-sets.ts';
import { visibleValues } from '../../shared/domain/masks.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { personName } from '../../shared/util/person-name.ts';
import { type Vcard, type VcardPhone, vcardText } from '../exchange/vcard.ts';
import type { CustomerRow } from '../store/customers.ts';
import { valuesOf } from './customer-record.ts';
import { type PaperLanguage, recordText } from './record-texts.ts';

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** A stable id of the form of a UUID for a contact of this archive. */
function uidOf(vaultId: string, ...parts: readonly string[]): string {
  const hash = createHash('sha256')
    .update([vaultId, ...parts].join('\n'))
    .digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const HAN = /\p{Script=Han}/u;
const latin = (name: string, surname: boolean): string =>
  pinyin(name, { toneType: 'none', surname: surname ? 'head' : 'off', separator: '' }) as string;

function named(fullName: string): Pick<Vcard, 'name' | 'sortAs'> {
  const name = personName(fullName);
  return HAN.test(fullName)
    ? { name, sortAs: { family: latin(name.family, true), given: latin(name.given, false) } }
    : { name };
}

function phones(
  of: Readonly<Record<string, FieldValue | undefined>>,
  kinds: Readonly<Record<string, VcardPhone['kind']>>,
) {
  return Object.entries(kinds).flatMap(([key, kind]): VcardPhone[] => {
    const number = text(of[key]);
    return number === '' ? [] : [{ kind, number }];
  });
}

/** The customer and, of an enterprise, everybody named on its card, as vCards; of what the reader's role sees (rule R). */
export function customerVcards(
  role: Role,
  language: PaperLanguage,
  vaultId: string,
  row: CustomerRow,
  mark?: string,
): string {
  const values = visibleValues(role, row.kind, valuesOf(row));
  const countryCode = text(values['country']);
  const countryKey = optionLabelKey('country', countryCode);
  const country = countryCode === '' ? '' : recordText(language, countryKey);
  const common = {
    revised: row.updated_at,
    address: text(values['businessAddress']) || text(values['registeredAddress']) || text(values['postalAddress']),
    country: country === countryKey ? countryCode : country,
    note: row.number,
    ...(mark === undefined ? {} : { mark }),
  };
  const emails = (of: Readonly<Record<string, FieldValue | undefined>>) =>
    [text(of['email'])].filter((one) => one !== '');
  if (row.kind === 'individual')
    return vcardText({
      ...common,
      ...named(row.name),
      uid: uidOf(vaultId, row.number),
      kind: 'individual',
      fullName: row.name,
      organisation: text(values['employer']),
      title: text(values['position']),
      phones: phones(values, { officePhone: 'work', mobile: 'cell', homePhone: 'home' }),
      emails: emails(values),
    });
  const company = vcardText({
    ...common,
    uid: uidOf(vaultId, row.number),
    kind: 'org',
    fullName: row.name,
    organisation: row.name,
    phones: phones(values, { telephone: 'work', fax: 'fax' }),
    emails: emails(values),
    website: text(values['website']),
  });
  const contacts = Array.isArray(values['contacts'])
    ? (values['contacts'] as readonly Readonly<Record<string, FieldValue>>[])
    : [];
  const seen = new Map<string, number>();
  return [
    company,
    ...contacts.flatMap((contact) => {
      const name = text(contact['name']);
      if (name === '') return [];
      const times = seen.get(name) ?? 0;
      seen.set(name, times + 1);
      return [
        vcardText({
          ...common,
          ...named(name),
          uid: uidOf(vaultId, row.number, name, String(times)),
          kind: 'individual',
          fullName: name,
          organisation: row.name,
          department: text(contact['department']),
          title: text(contact['position']),
          phones: phones(contact, { phone: 'work', mobile: 'cell' }),
          emails: emails(contact),
        }),
      ];
    }),
  ].join('');
}
