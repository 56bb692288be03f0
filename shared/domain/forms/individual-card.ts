import type { FormDefinition } from './field.ts';
import { competitorsField, evaluationFields } from './shared-lists.ts';

/** 個人客戶檔案卡 (C2): forms-and-standards §2.1. Sensitive fields are optional by rule (§2.3). */
export const individualCardForm: FormDefinition = {
  key: 'individual',
  sections: [
    {
      key: 'person',
      fields: [
        {
          key: 'name',
          type: 'text',
          required: 'required',
          identifying: true,
          salespersonFact: true,
          milestone: true,
        },
        { key: 'foreignName', type: 'text', required: 'optional' },
        { key: 'salutation', type: 'text', required: 'optional' },
        { key: 'sex', type: 'enum', options: 'sex', required: 'optional' },
        { key: 'birthDate', type: 'partialDate', required: 'optional', sensitive: true },
        { key: 'identityDocumentType', type: 'enum', options: 'identityDocument', required: 'optional' },
        {
          key: 'identityDocumentNumber',
          type: 'text',
          maxLength: 40,
          required: 'conditional',
          sensitive: true,
          searched: true,
          when: { field: 'identityDocumentType', filled: true },
          check: 'residentIdentityNumber',
          checkWhen: { field: 'identityDocumentType', is: ['residentIdentityCard'] },
        },
        { key: 'nativePlace', type: 'text', required: 'optional', sensitive: true },
        { key: 'maritalStatus', type: 'enum', options: 'maritalStatus', required: 'optional', sensitive: true },
        { key: 'education', type: 'enum', options: 'education', required: 'optional' },
      ],
    },
    {
      key: 'contact',
      fields: [
        { key: 'officePhone', type: 'phone', required: 'optional' },
        { key: 'homePhone', type: 'phone', required: 'optional', sensitive: true, searched: true },
        { key: 'mobile', type: 'phone', required: 'optional' },
        { key: 'email', type: 'email', required: 'optional' },
        { key: 'messenger', type: 'text', required: 'optional' },
        { key: 'homeAddress', type: 'address', required: 'optional', sensitive: true, searched: true },
        { key: 'postalAddress', type: 'address', required: 'recommended' },
        { key: 'country', type: 'enum', options: 'country', openOptions: true, required: 'optional' },
        { key: 'region', type: 'enum', options: 'region', openOptions: true, required: 'recommended' },
        { key: 'salesArea', type: 'text', required: 'optional' },
        { key: 'routeOrder', type: 'integer', required: 'optional', min: 0, max: 999_999 },
      ],
    },
    {
      key: 'occupation',
      fields: [
        { key: 'employer', type: 'customer', required: 'recommended', salespersonFact: true, milestone: true },
        { key: 'position', type: 'text', required: 'optional', salespersonFact: true, milestone: true },
        { key: 'occupation', type: 'text', required: 'optional' },
        {
          key: 'incomeBand',
          type: 'enum',
          options: 'incomeBand',
          openOptions: true,
          required: 'optional',
          sensitive: true,
        },
        {
          key: 'family',
          type: 'list',
          required: 'optional',
          sensitive: true,
          itemFields: [
            { key: 'relation', type: 'text', required: 'required', identifying: true },
            { key: 'name', type: 'text', required: 'optional' },
            { key: 'note', type: 'text', required: 'optional' },
          ],
        },
        { key: 'interests', type: 'text', required: 'optional', sensitive: true },
        { key: 'temperament', type: 'text', required: 'optional', sensitive: true },
        { key: 'lifestyle', type: 'text', required: 'optional', sensitive: true },
      ],
    },
    {
      key: 'purchases',
      fields: [
        { key: 'productPreference', type: 'text', required: 'recommended', maxLength: 1000 },
        { key: 'customerSource', type: 'enum', options: 'customerSource', required: 'optional' },
        { key: 'firstPurchaseOn', type: 'date', required: 'optional', computed: true },
        { key: 'lastPurchaseOn', type: 'date', required: 'optional', computed: true },
        { key: 'purchaseFrequency', type: 'enum', options: 'purchaseFrequency', required: 'optional', computed: true },
        { key: 'cumulativeAmount', type: 'money', required: 'optional', computed: true, min: -1e15 },
        {
          key: 'mainCategories',
          type: 'list',
          required: 'optional',
          computed: true,
          itemFields: [
            { key: 'category', type: 'text', required: 'required', identifying: true },
            { key: 'amount', type: 'money', required: 'optional' },
          ],
        },
      ],
    },
    {
      key: 'credit',
      fields: [
        { key: 'paymentHabit', type: 'enum', options: 'paymentHabit', required: 'required' },
        { key: 'creditGrade', type: 'enum', options: 'creditGrade', required: 'required', initial: 'd' },
        { key: 'creditLimit', type: 'money', required: 'required', initial: { amount: '0', currency: 'CNY' } },
        { key: 'creditLimitApproval', type: 'text', required: 'optional', goesWith: 'creditLimit' },
        { key: 'creditLimitValidUntil', type: 'date', required: 'optional', goesWith: 'creditLimit' },
        { key: 'bankAccount', type: 'text', required: 'optional', sensitive: true, maxLength: 60 },
        { key: 'memberLevel', type: 'enum', options: 'memberLevel', openOptions: true, required: 'optional' },
        { key: 'memberPoints', type: 'integer', unit: 'points', required: 'optional', min: 0 },
        { key: 'memberValidUntil', type: 'date', required: 'optional', allowIndefinite: true },
      ],
    },
    {
      key: 'notes',
      fields: [
        {
          key: 'complaints',
          type: 'list',
          required: 'optional',
          itemFields: [
            { key: 'description', type: 'longText', required: 'required', identifying: true },
            { key: 'date', type: 'date', required: 'optional' },
            { key: 'handling', type: 'text', required: 'optional', maxLength: 1000 },
          ],
        },
        {
          key: 'importantDates',
          type: 'list',
          required: 'optional',
          itemFields: [
            { key: 'occasion', type: 'text', required: 'required', identifying: true },
            { key: 'date', type: 'partialDate', required: 'required' },
          ],
        },
      ],
    },
    { key: 'intelligence', fields: [competitorsField] },
    {
      key: 'evaluation',
      fields: [
        ...evaluationFields.map((field) =>
          field.key === 'overallEvaluation' ? { ...field, required: 'required' as const } : field,
        ),
        { key: 'responsibleSalesperson', type: 'staff', required: 'required', milestone: true },
      ],
    },
    {
      key: 'consent',
      fields: [
        { key: 'consentOn', type: 'date', required: 'required' },
        { key: 'consentPurpose', type: 'text', required: 'required', maxLength: 1000 },
        { key: 'consentKeepUntil', type: 'date', required: 'required' },
        { key: 'consentPaper', type: 'text', required: 'optional' },
      ],
    },
  ],
  oneOf: [{ fields: ['mobile', 'officePhone', 'homePhone'] }],
};
