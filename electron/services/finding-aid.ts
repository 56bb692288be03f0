import { DOSSIER_CLASSES, type DossierClass } from '../../shared/domain/dossier-classes.ts';
import { customersOfKind } from '../store/customers.ts';
import { type PaperView, papersOfCustomer } from '../store/papers.ts';
import type { Reader } from '../store/sql.ts';
import { filledText, type PaperLanguage, recordText, retentionWords } from './record-texts.ts';

/**
 * The catalogue as EAD3 (Encoded Archival Description), by the levels of ISAD(G): the archive is the fonds, each customer a file with the
 * classes of the dossier below it, each paper an item with reference code, title, date, extent, place, access and retention. Any
 * archival program reads it; it is written piece by piece, since a catalogue may have millions of papers.
 */
export interface FindingAid {
  readonly language: PaperLanguage;
  readonly name: string;
  readonly institution: string;
  readonly vaultId: string;
  /** Instant of the export. */
  readonly at: string;
  readonly program: string;
}

const LANGUAGES: Readonly<Record<PaperLanguage, readonly [code: string, script: string]>> = {
  'zh-Hant': ['chi', 'Hant'],
  'zh-Hans': ['chi', 'Hans'],
  en: ['eng', 'Latn'],
};
const DAY = /^\d{4}(-\d{2}(-\d{2})?)?$/u;

/** Text as it may stand in XML: what the standard knows no character for is left out. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const element = (name: string, text: string, attributes = ''): string =>
  text === '' ? '' : `<${name}${attributes}>${xml(text)}</${name}>`;

function itemOf(language: PaperLanguage, paper: PaperView): string {
  const words = (key: string) => recordText(language, key);
  const date = paper.date ?? '';
  const normal = DAY.test(date) ? ` normal="${date}"` : '';
  const volume = paper.volume_id === null ? '' : `${paper.volume_year}-${paper.volume_class}-${paper.volume_number}`;
  const access = words(`option.securityLevel.${paper.security}`);
  return [
    '<c level="item"><did>',
    element('unitid', paper.code),
    element('unittitle', paper.title),
    element('unitdate', date, normal),
    paper.responsible === '' ? '' : `<origination><name>${element('part', paper.responsible)}</name></origination>`,
    element('physdesc', filledText(language, 'dossiers.pages', { count: paper.pages })),
    element('container', paper.place),
    element('unitid', volume, ' localtype="volume"'),
    '</did>',
    `<scopecontent><p>${xml(words(`documentType.${paper.type}`))}</p></scopecontent>`,
    `<accessrestrict><p>${xml(access)}</p></accessrestrict>`,
    `<appraisal><p>${xml(retentionWords(language, paper.retention))}</p></appraisal>`,
    `<originalsloc><p>${xml(words(paper.original === 1 ? 'paper.original' : 'paper.copy'))}</p></originalsloc>`,
    paper.note === '' ? '' : `<odd><p>${xml(paper.note)}</p></odd>`,
    '</c>\n',
  ].join('');
}

function* classOf(language: PaperLanguage, dossierClass: DossierClass, papers: readonly PaperView[]) {
  if (papers.length === 0) return;
  yield `<c level="otherlevel" otherlevel="class"><did>${element('unitid', String(dossierClass))}${element('unittitle', recordText(language, `dossierClass.${dossierClass}`))}</did>\n`;
  for (const paper of papers) yield itemOf(language, paper);
  yield '</c>\n';
}

/** The finding aid, piece by piece; what was taken out of a dossier is no longer part of it. */
export function* findingAidPieces(sql: Reader, aid: FindingAid): Generator<string> {
  const { language, name } = aid;
  const [code, script] = LANGUAGES[language];
  const agency = xml(aid.institution === '' ? name : aid.institution);
  yield `<?xml version="1.0" encoding="UTF-8"?>
<ead xmlns="http://ead3.archivists.org/schema/">
<control>
<recordid>${xml(aid.vaultId)}</recordid>
<filedesc><titlestmt><titleproper>${xml(name)}</titleproper></titlestmt></filedesc>
<maintenancestatus value="derived"/>
<maintenanceagency><agencyname>${agency}</agencyname></maintenanceagency>
<languagedeclaration><language langcode="${code}">${code}</language><script scriptcode="${script}">${script}</script></languagedeclaration>
<conventiondeclaration><abbr>ISAD(G)</abbr><citation>ISAD(G): General International Standard Archival Description</citation></conventiondeclaration>
<maintenancehistory><maintenanceevent><eventtype value="derived"/><eventdatetime standarddatetime="${xml(aid.at)}">${xml(aid.at)}</eventdatetime><agenttype value="machine"/><agent>${xml(aid.program)}</agent></maintenanceevent></maintenancehistory>
</control>
<archdesc level="fonds">
<did><unitid>${xml(aid.vaultId)}</unitid><unittitle>${xml(name)}</unittitle><repository><corpname><part>${agency}</part></corpname></repository></did>
<dsc>
`;
  for (const kind of ['enterprise', 'individual'])
    for (const customer of customersOfKind(sql, kind)) {
      const papers = papersOfCustomer(sql, customer.id).filter((paper) => paper.state !== 'removed');
      yield `<c level="file"><did>${element('unitid', customer.number)}${element('unittitle', customer.name)}</did>\n`;
      for (const dossierClass of DOSSIER_CLASSES)
        yield* classOf(
          language,
          dossierClass,
          papers.filter((paper) => paper.class === dossierClass),
        );
      yield '</c>\n';
    }
  yield '</dsc>\n</archdesc>\n</ead>\n';
}
