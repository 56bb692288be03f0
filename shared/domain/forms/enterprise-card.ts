import {
  businessSection,
  dealingsSection,
  evaluationSection,
  intelligenceSection,
  tradeTermsSection,
} from './enterprise-business.ts';
import { contactSection, identitySection, peopleSection } from './enterprise-identity.ts';
import type { FormDefinition } from './field.ts';

/** 企業客戶檔案卡 (C1): forms-and-standards §1.2–1.8, in the order of the paper form. */
export const enterpriseCardForm: FormDefinition = {
  key: 'enterprise',
  sections: [
    identitySection,
    contactSection,
    peopleSection,
    businessSection,
    tradeTermsSection,
    dealingsSection,
    intelligenceSection,
    evaluationSection,
  ],
  oneOf: [{ fields: ['telephone', 'fax', 'email', 'website'] }],
};
