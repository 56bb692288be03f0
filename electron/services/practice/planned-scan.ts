import type { DocumentTypeKey } from '../../../shared/domain/document-types.ts';
import type { Draw } from './draw.ts';

/** Which made-up scan belongs to a paper. The same design serves many papers; the strip with name and numbers is each paper's own. */
export interface PlannedScan {
  readonly format: 'pdf' | 'png';
  /** Which of the texts and tables of its kind. */
  readonly variant: number;
  readonly pages: number;
}

/** Most variants of one design. */
export const SCAN_VARIANTS = 2;

/** One sheet: licences and certificates; scanned as pictures. */
const CERTIFICATES: readonly DocumentTypeKey[] = ['businessLicence', 'taxRegistration', 'commodityInspection'];
const LONG: readonly DocumentTypeKey[] = ['contract', 'repaymentAgreement', 'visitReport', 'background'];

/** Six papers in ten are scanned; the rest lie in the binder alone. */
export function drawScan(draw: Draw, type: DocumentTypeKey): PlannedScan | null {
  const variant = draw.below(SCAN_VARIANTS);
  const more = draw.between(2, 4);
  if (!draw.chance(0.6)) return null;
  if (CERTIFICATES.includes(type)) return { format: draw.chance(0.7) ? 'png' : 'pdf', variant, pages: 1 };
  const pages = type === 'contract' ? more : LONG.includes(type) && draw.chance(0.5) ? 2 : 1;
  return { format: pages === 1 && draw.chance(0.15) ? 'png' : 'pdf', variant, pages };
}
