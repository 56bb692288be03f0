import type { Condition, FormSection } from './field.ts';

const mainland: Condition = { field: 'country', is: ['cn'] };
const taiwan: Condition = { field: 'country', is: ['tw'] };

/** §1.2 基本及法定資料. */
export const identitySection: FormSection = {
  key: 'identity',
  fields: [
    {
      key: 'registeredName',
      type: 'text',
      required: 'required',
      identifying: true,
      salespersonFact: true,
      milestone: true,
    },
    { key: 'shortName', type: 'text', required: 'recommended' },
    {
      key: 'formerNames',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'name', type: 'text', required: 'required', identifying: true },
        { key: 'until', type: 'partialDate', required: 'optional' },
      ],
    },
    { key: 'foreignName', type: 'text', required: 'conditional', when: { field: 'directExport', is: [true] } },
    {
      key: 'unifiedSocialCreditCode',
      type: 'text',
      required: 'conditional',
      when: mainland,
      maxLength: 30,
      check: 'unifiedSocialCreditCode',
    },
    { key: 'businessLicenceNumber', type: 'text', required: 'optional', maxLength: 30 },
    { key: 'licenceValidUntil', type: 'date', required: 'optional', allowIndefinite: true },
    { key: 'licenceIssuer', type: 'text', required: 'optional' },
    {
      key: 'taxNumber',
      type: 'text',
      maxLength: 30,
      required: 'conditional',
      // Since 2015 the unified code is the taxpayer number: with it, nothing is missing.
      when: { all: [mainland, { not: { field: 'unifiedSocialCreditCode', filled: true } }] },
    },
    { key: 'organisationCode', type: 'text', required: 'optional', maxLength: 20 },
    {
      key: 'taiwanBusinessNumber',
      type: 'text',
      required: 'conditional',
      when: taiwan,
      maxLength: 20,
      check: 'taiwanBusinessNumber',
    },
    {
      key: 'overseasRegistrationNumber',
      type: 'text',
      maxLength: 60,
      required: 'conditional',
      when: { all: [{ field: 'country', filled: true }, { not: { any: [mainland, taiwan] } }] },
    },
    { key: 'legalForm', type: 'enum', options: 'legalForm', required: 'required', milestone: true },
    { key: 'legalRepresentative', type: 'text', required: 'required', milestone: true },
    { key: 'foundedOn', type: 'partialDate', required: 'optional' },
    { key: 'registeredCapital', type: 'money', required: 'required', milestone: true },
    { key: 'paidInCapital', type: 'money', required: 'optional' },
    { key: 'businessScope', type: 'longText', required: 'recommended' },
    {
      key: 'certificates',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'name', type: 'text', required: 'required', identifying: true },
        { key: 'certificateNumber', type: 'text', required: 'optional' },
        { key: 'issuer', type: 'text', required: 'optional' },
        { key: 'validUntil', type: 'date', required: 'optional', allowIndefinite: true },
      ],
    },
    {
      key: 'shareholders',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'name', type: 'text', required: 'required', identifying: true },
        { key: 'share', type: 'percent', required: 'optional' },
        { key: 'position', type: 'text', required: 'optional' },
        { key: 'phone', type: 'phone', required: 'optional' },
      ],
    },
    { key: 'parentCompany', type: 'customer', required: 'optional', milestone: true },
  ],
};

/** §1.3 聯絡資料. */
export const contactSection: FormSection = {
  key: 'contact',
  fields: [
    { key: 'country', type: 'enum', options: 'country', openOptions: true, required: 'required' },
    { key: 'region', type: 'enum', options: 'region', openOptions: true, required: 'required' },
    { key: 'registeredAddress', type: 'address', required: 'required', milestone: true },
    { key: 'businessAddress', type: 'address', required: 'recommended' },
    {
      key: 'deliveryAddresses',
      type: 'list',
      required: 'optional',
      itemFields: [
        { key: 'address', type: 'address', required: 'required', identifying: true },
        { key: 'recipient', type: 'text', required: 'optional' },
        { key: 'phone', type: 'phone', required: 'optional' },
        { key: 'note', type: 'text', required: 'optional' },
      ],
    },
    { key: 'invoiceTitle', type: 'text', required: 'optional' },
    { key: 'invoiceAddress', type: 'address', required: 'optional' },
    { key: 'postcode', type: 'text', required: 'optional', maxLength: 20 },
    { key: 'telephone', type: 'phone', required: 'optional' },
    { key: 'fax', type: 'phone', required: 'optional' },
    { key: 'email', type: 'email', required: 'optional' },
    { key: 'website', type: 'text', required: 'optional' },
    { key: 'salesArea', type: 'text', required: 'optional' },
    { key: 'routeOrder', type: 'integer', required: 'optional', min: 0, max: 999_999 },
    { key: 'responsibleSalesperson', type: 'staff', required: 'recommended', milestone: true },
  ],
};

/** §1.4 決策人與聯絡人. */
export const peopleSection: FormSection = {
  key: 'people',
  fields: [
    {
      key: 'contacts',
      type: 'list',
      required: 'required',
      itemFields: [
        { key: 'name', type: 'text', required: 'required', identifying: true, salespersonFact: true },
        { key: 'department', type: 'text', required: 'recommended' },
        { key: 'position', type: 'text', required: 'required', salespersonFact: true },
        { key: 'purchaseRoles', type: 'multiEnum', options: 'purchaseRole', required: 'required' },
        { key: 'influence', type: 'enum', options: 'influence', required: 'optional' },
        { key: 'attitude', type: 'enum', options: 'attitude', required: 'optional' },
        { key: 'phone', type: 'phone', required: 'optional' },
        { key: 'mobile', type: 'phone', required: 'optional' },
        { key: 'email', type: 'email', required: 'optional' },
        { key: 'messenger', type: 'text', required: 'optional' },
        { key: 'birthDate', type: 'partialDate', required: 'optional', sensitive: true },
        { key: 'nativePlace', type: 'text', required: 'optional', sensitive: true },
        { key: 'education', type: 'enum', options: 'education', required: 'optional', sensitive: true },
        { key: 'temperament', type: 'text', required: 'optional', sensitive: true },
        { key: 'hobbies', type: 'text', required: 'optional', sensitive: true },
        { key: 'owningSalesperson', type: 'staff', required: 'optional' },
        { key: 'validFrom', type: 'partialDate', required: 'optional' },
        { key: 'validUntil', type: 'partialDate', required: 'optional' },
      ],
    },
  ],
};
