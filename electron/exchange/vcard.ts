/** Contacts as vCard 4.0 (RFC 6350): UTF-8, CR LF, lines folded at 75 octets without cutting a character. */

export interface VcardPhone {
  readonly kind: 'work' | 'home' | 'cell' | 'fax';
  readonly number: string;
}

export interface Vcard {
  /** Stays the same for the same contact: another import of the file changes instead of doubling. */
  readonly uid: string;
  readonly kind: 'individual' | 'org';
  readonly fullName: string;
  /** Family and given name; empty for an organisation. */
  readonly name?: { readonly family: string; readonly given: string };
  /** How family and given name are sorted, in Latin letters. */
  readonly sortAs?: { readonly family: string; readonly given: string };
  readonly organisation?: string;
  readonly department?: string;
  readonly title?: string;
  readonly phones: readonly VcardPhone[];
  readonly emails: readonly string[];
  readonly address?: string;
  readonly country?: string;
  readonly website?: string;
  readonly note?: string;
  /** What the file says of itself. */
  readonly mark?: string;
  /** Instant of the last change. */
  readonly revised: string;
}

const MOST_OCTETS = 75;

/** Text of a value: backslash, comma, semicolon and line breaks are escaped (RFC 6350 §3.4). */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(',', '\\,')
    .replaceAll(';', '\\;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no control character may stand in a line
    .replaceAll(/[\u0000-\u001f\u007f]/g, '');

/** A line in pieces of at most 75 octets; what follows begins with a blank. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  pieces.push(piece);
  return pieces.map((one) => `${one}\r\n`).join('');
}

/** A website as people write it, as the URI that the property is (RFC 6350 §6.7.8): with its scheme, and nothing escaped as in a text. */
function uri(website: string): string {
  const trimmed = website.trim().toWellFormed();
  return encodeURI(/^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`);
}

const PHONE_TYPES = { work: 'work', home: 'home', cell: 'cell', fax: 'fax' } as const;
const parameter = (text: string): string => `"${text.replaceAll(/["\r\n]/g, '')}"`;

/** One contact. */
export function vcardText(card: Vcard): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:urn:uuid:${card.uid}`,
    `KIND:${card.kind}`,
    `FN:${escaped(card.fullName)}`,
  ];
  if (card.name !== undefined) {
    const sort = card.sortAs === undefined ? '' : `;SORT-AS=${parameter(`${card.sortAs.family},${card.sortAs.given}`)}`;
    lines.push(`N${sort}:${escaped(card.name.family)};${escaped(card.name.given)};;;`);
  }
  if (card.organisation !== undefined && card.organisation !== '')
    lines.push(
      `ORG:${[card.organisation, card.department ?? '']
        .filter((part) => part !== '')
        .map(escaped)
        .join(';')}`,
    );
  if (card.title !== undefined && card.title !== '') lines.push(`TITLE:${escaped(card.title)}`);
  for (const { kind, number } of card.phones) lines.push(`TEL;TYPE=${PHONE_TYPES[kind]}:${escaped(number)}`);
  for (const email of card.emails) lines.push(`EMAIL:${escaped(email)}`);
  if ((card.address ?? '') !== '' || (card.country ?? '') !== '')
    lines.push(`ADR;TYPE=work:;;${escaped(card.address ?? '')};;;;${escaped(card.country ?? '')}`);
  if (card.website !== undefined && card.website !== '') lines.push(`URL:${uri(card.website)}`);
  if (card.note !== undefined && card.note !== '') lines.push(`NOTE:${escaped(card.note)}`);
  if (card.mark !== undefined) lines.push(`X-EXPORTED:${escaped(card.mark)}`);
  lines.push(`REV:${card.revised.replace(/[-:]/g, '').replace(/\.\d+/, '')}`, 'END:VCARD');
  return lines.map(folded).join('');
}
