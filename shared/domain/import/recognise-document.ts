import english from '../../i18n/en/domain.json' with { type: 'json' };
import simplified from '../../i18n/zh-Hans/domain.json' with { type: 'json' };
import traditional from '../../i18n/zh-Hant/domain.json' with { type: 'json' };
import { DOCUMENT_TYPES, type DocumentTypeKey, isDocumentTypeKey } from '../document-types.ts';
import { DOSSIER_CLASSES, type DossierClass, dossierClassOf } from '../dossier-classes.ts';
import { DOCUMENT_SYNONYMS } from './document-synonyms.ts';
import { foldLabel, labelVariants } from './labels.ts';

const catalogues: readonly Readonly<Record<string, string>>[] = [traditional, simplified, english];
const labels = (key: string): readonly string[] =>
  catalogues.flatMap((texts) => (texts[key] === undefined ? [] : [texts[key]]));

function typeIndex(): ReadonlyMap<string, DocumentTypeKey> {
  const index = new Map<string, DocumentTypeKey>();
  const claim = (word: string, key: DocumentTypeKey) => {
    if (word !== '' && !index.has(word)) index.set(word, key);
  };
  for (const { key, number } of DOCUMENT_TYPES) {
    for (const label of labels(`documentType.${key}`)) for (const variant of labelVariants(label)) claim(variant, key);
    claim(foldLabel(key), key);
    numbers.set(number.toLowerCase(), key);
  }
  for (const [key, chinese, words] of DOCUMENT_SYNONYMS) {
    if (!isDocumentTypeKey(key)) continue;
    for (const word of [...chinese.split(' '), ...words.split(',')]) claim(foldLabel(word), key);
  }
  return index;
}

const numbers = new Map<string, DocumentTypeKey>();
const types = typeIndex();

/** The document type a text names: its label in any language, a usual synonym, its key, or its number on the sheet (`2.2`, `4.X1`). */
export function recogniseDocumentType(text: string): DocumentTypeKey | undefined {
  const folded = foldLabel(text);
  // 客戶營業執照 and 營業執照 are one: every paper here is a customer's.
  return (
    types.get(folded) ??
    types.get(folded.replace(/^(客戶|客户|customer)/u, '')) ??
    numbers.get(text.normalize('NFKC').trim().toLowerCase())
  );
}

const CHINESE_DIGITS = '一二三四五';

/** The class a text names: `2`, 第二類, 二、合同訂單, `Class 2`, or its name in any language. */
export function recogniseClass(text: string): DossierClass | undefined {
  const folded = foldLabel(text);
  const byName = DOSSIER_CLASSES.find((candidate) =>
    labels(`dossierClass.${candidate}`).some(
      (label) => labelVariants(label).includes(folded) || folded.endsWith(foldLabel(label)),
    ),
  );
  if (byName !== undefined) return byName;
  const digit = /^(?:第|class|category)?([1-5一二三四五])(?:大?[類类]|$)/u.exec(folded)?.[1];
  if (digit !== undefined)
    return dossierClassOf(CHINESE_DIGITS.includes(digit) ? CHINESE_DIGITS.indexOf(digit) + 1 : Number(digit));
  return CLASS_WORDS.find(([pattern]) => pattern.test(folded))?.[1];
}

const CLASS_WORDS: readonly (readonly [RegExp, DossierClass])[] = [
  [/^(基礎|基础|基本)(資料|资料)?$|^basic/u, 1],
  [/^(合同|合約|合约|契約|契约|訂單|订单)+$|^contract/u, 2],
  [/^(欠款|還款|还款|帳款)+$|^debt/u, 3],
  [/^交易(狀況|状况)?$|^transaction/u, 4],
  [/^(退賠|退赔|折價|折价|退貨|退货)+$|^return/u, 5],
];
