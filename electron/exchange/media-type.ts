import { AppError } from '../../shared/errors/app-error.ts';
import { ATTACHMENT_LIMITS, type AttachmentWarning, type Findings, Unsound } from './attachments/attachment-limits.ts';
import { inspectJpeg } from './attachments/inspect-jpeg.ts';
import { inspectPdf } from './attachments/inspect-pdf.ts';
import { inspectPng } from './attachments/inspect-png.ts';
import { inspectTiff } from './attachments/inspect-tiff.ts';
import { type ContentKind, contentKind } from './content-signature.ts';
import { cleanFileName, nameEnding } from './file-name.ts';
import { fileRefusal, megabytes, TABLE_LIMITS } from './tables/table-limits.ts';
import { decodeText, recogniseEncoding } from './tables/text-encoding.ts';

/** What may be attached to a catalogue entry (R65). */
export type AttachmentMediaType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff' | 'text/plain';

export interface InspectedAttachment {
  /** The name as it is stored (R67). */
  readonly name: string;
  readonly mediaType: AttachmentMediaType;
  readonly pages: number;
  readonly warnings: readonly AttachmentWarning[];
}

const ENDINGS: Readonly<Record<AttachmentMediaType, readonly string[]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg', '.jpe', '.jfif'],
  'image/tiff': ['.tif', '.tiff'],
  'text/plain': ['.txt', '.text', '.csv', '.log', '.md'],
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: a text has none of them
const NO_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/u;

/** A plain text is one whose every character can be decoded. Lines stand for pages as a printer would break them. */
function inspectText(bytes: Buffer, name: string): Findings {
  const recognised = recogniseEncoding(bytes, undefined, { name, limits: TABLE_LIMITS });
  let lines = 1;
  for (const { text } of decodeText(bytes, recognised)) {
    if (NO_TEXT.test(text)) throw new Unsound('FILE_TYPE_NOT_ALLOWED', 'exchange.attachment.notAllowed');
    lines += text.split('\n').length - 1;
  }
  return { pages: Math.max(1, Math.ceil(lines / 60)), warnings: [] };
}

interface Inspector {
  readonly mediaType: AttachmentMediaType;
  readonly inspect: (bytes: Buffer, name: string) => Findings;
}

const INSPECTORS: Readonly<Partial<Record<ContentKind, Inspector>>> = {
  pdf: { mediaType: 'application/pdf', inspect: inspectPdf },
  png: { mediaType: 'image/png', inspect: inspectPng },
  jpeg: { mediaType: 'image/jpeg', inspect: inspectJpeg },
  tiff: { mediaType: 'image/tiff', inspect: inspectTiff },
  text: { mediaType: 'text/plain', inspect: inspectText },
};

/**
 * What a file is, decided by its content (R65); its name only gives a warning when it claims
 * something else. Its structure is checked as far as a file cut off, renamed or made up is found out;
 * nothing is rendered.
 * @param outsideName as it came with the file; stored as `name` of the answer (R67).
 * @throws AppError FILE_TYPE_NOT_ALLOWED, FILE_DAMAGED, FILE_TOO_LARGE, with the file's name
 */
export function inspectAttachment(bytes: Uint8Array, outsideName: string): InspectedAttachment {
  const { name, hidden } = cleanFileName(outsideName);
  if (bytes.length === 0) throw fileRefusal('FILE_DAMAGED', name, 'exchange.file.empty');
  if (bytes.length > ATTACHMENT_LIMITS.bytes) {
    const limitMb = megabytes(ATTACHMENT_LIMITS.bytes);
    throw fileRefusal('FILE_TOO_LARGE', name, 'exchange.file.tooLarge', { limitMb });
  }
  const ending = nameEnding(name).toLowerCase();
  const kind = contentKind(bytes);
  const inspector = INSPECTORS[kind];
  if (inspector === undefined) throw fileRefusal('FILE_TYPE_NOT_ALLOWED', name, 'exchange.attachment.notAllowed');
  // A text named like a picture or a PDF is a failed download, not a paper.
  if (kind === 'text' && claimsOther(ending)) throw fileRefusal('FILE_TYPE_NOT_ALLOWED', name, notReally(ending));
  const findings = inspectSafely(inspector, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name);
  const warnings = [...findings.warnings];
  if (!ENDINGS[inspector.mediaType].includes(ending))
    warnings.push({ message: 'exchange.attachment.nameMismatch', params: { ending } });
  if (hidden) warnings.push({ message: 'exchange.attachment.hiddenCharacters' });
  return { name, mediaType: inspector.mediaType, pages: findings.pages, warnings };
}

function claimsOther(ending: string): boolean {
  return Object.entries(ENDINGS).some(([type, endings]) => type !== 'text/plain' && endings.includes(ending));
}

function notReally(ending: string): string {
  return ending === '.pdf' ? 'exchange.attachment.notPdf' : 'exchange.attachment.notAllowed';
}

function inspectSafely(inspector: Inspector, bytes: Buffer, name: string): Findings {
  try {
    return inspector.inspect(bytes, name);
  } catch (thrown) {
    throw asRefusal(thrown, name);
  }
}

function asRefusal(thrown: unknown, name: string): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof Unsound) return fileRefusal(thrown.code, name, thrown.message, thrown.params);
  return fileRefusal('FILE_DAMAGED', name, 'exchange.file.damaged', {}, thrown);
}
