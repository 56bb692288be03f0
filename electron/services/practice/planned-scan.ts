import type { DocumentTypeKey } from '../../../shared/domain/document-types.ts';
import type { Draw } from './draw.ts';
import type { Script } from './words.ts';

/** Which made-up scan belongs to a paper. The same design serves many papers; the strip with name and numbers is each paper's own. */
export interface PlannedScan {
  readonly format: 'pdf' | 'png';
  /** The characters it is printed in: the customer's. */
  readonly script: Script;
  readonly pages: number;
  /** A photograph taken on the spot goes with it, one page more. */
  readonly photo: boolean;
}

/** One sheet: licences and certificates; scanned as pictures. */
const CERTIFICATES: readonly DocumentTypeKey[] = ['businessLicence', 'taxRegistration', 'commodityInspection'];
const LONG: readonly DocumentTypeKey[] = ['contract', 'repaymentAgreement', 'visitReport', 'background'];

/** Half of the papers are scanned; the rest lie in the binder alone. */
export function drawScan(draw: Draw, type: DocumentTypeKey, script: Script): PlannedScan | null {
  const more = draw.between(2, 4);
  const photo = (type === 'visitReport' || type === 'productComparison') && draw.chance(0.3);
  if (!draw.chance(0.5)) return null;
  if (CERTIFICATES.includes(type)) return { format: draw.chance(0.7) ? 'png' : 'pdf', script, pages: 1, photo };
  const pages = type === 'contract' ? more : LONG.includes(type) && draw.chance(0.5) ? 2 : 1;
  return { format: pages === 1 && draw.chance(0.15) ? 'png' : 'pdf', script, pages, photo };
}
