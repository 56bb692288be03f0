import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { fileRefusal, type ReadContext } from './table-limits.ts';

const DOCTYPE_SEARCH_LENGTH = 65_536;
/** Characters: far above the longest cell, whose characters may each be written as `&#x10ffff;`. */
const LONGEST_RUN_WITHOUT_TAG = 1_000_000;

/** Element names come without prefix: producers differ in prefixes, never in local names. */
export interface XmlHandlers {
  open?(name: string, attributes: Attributes): void;
  /** Text and CDATA, in pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

/** Attribute by local name; a prototype-less record, since names come from outside (R63). */
export type Attributes = Readonly<Record<string, string | undefined>>;

export interface XmlReader {
  write(chunk: Buffer): void;
  end(): void;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/**
 * A streaming XML reader for foreign files (R61): any DTD, and with it any entity of its own, is
 * refused before its content is looked at; nesting is limited; what is not well-formed is refused.
 * Always read as UTF-8 (UTF-16 only with its byte order mark), whatever the declaration claims.
 */
export function createXmlReader(context: ReadContext, handlers: XmlHandlers): XmlReader {
  const { name, limits } = context;
  const parser = new SaxesParser({ xmlns: false, position: false });
  let decoder: StringDecoder | undefined;
  let depth = 0;
  let sawRoot = false;
  let prologue = '';
  let withoutTag = 0;
  /** An error thrown inside a handler must not be mistaken for bad XML. */
  let refusal: Error | undefined;

  function refuse(error: Error): never {
    refusal = error;
    throw error;
  }

  parser.on('doctype', () => refuse(fileRefusal('FILE_TYPE_NOT_ALLOWED', name, 'exchange.xml.dtd')));
  parser.on('error', (cause) => {
    refuse(refusal ?? fileRefusal('FILE_DAMAGED', name, 'exchange.file.damaged', {}, cause));
  });
  parser.on('opentag', (tag) => {
    sawRoot = true;
    depth += 1;
    if (depth > limits.depth)
      refuse(fileRefusal('FILE_TOO_LARGE', name, 'exchange.xml.depth', { limit: limits.depth }));
    if (handlers.open === undefined) return;
    const attributes: Record<string, string | undefined> = Object.create(null);
    for (const key of Object.keys(tag.attributes)) attributes[localName(key)] = tag.attributes[key];
    handlers.open(localName(tag.name), attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close?.(localName(tag.name));
  });
  const { text } = handlers;
  if (text !== undefined) {
    parser.on('text', (piece) => text(piece));
    parser.on('cdata', (piece) => text(piece));
  }

  /** The parser reports a DTD only at its end, and a text only at the next tag: giant ones must not be collected first. */
  function refuseGiants(piece: string): void {
    if (!sawRoot) {
      prologue += piece.slice(0, DOCTYPE_SEARCH_LENGTH);
      if (prologue.includes('<!DOCTYPE')) refuse(fileRefusal('FILE_TYPE_NOT_ALLOWED', name, 'exchange.xml.dtd'));
    }
    const tag = piece.lastIndexOf('<');
    withoutTag = tag === -1 ? withoutTag + piece.length : piece.length - tag;
    if (withoutTag > LONGEST_RUN_WITHOUT_TAG) {
      refuse(fileRefusal('FILE_TOO_LARGE', name, 'exchange.xml.cellTooLong', { limit: limits.cellCharacters }));
    }
  }

  return {
    write(chunk) {
      if (decoder === undefined) {
        if (chunk[0] === 0xfe && chunk[1] === 0xff)
          refuse(fileRefusal('FILE_NOT_READABLE', name, 'exchange.file.damaged'));
        decoder = new StringDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf16le' : 'utf8');
      }
      const piece = decoder.write(chunk);
      refuseGiants(piece);
      parser.write(piece);
    },
    end() {
      parser.write(decoder?.end() ?? '');
      parser.close();
    },
  };
}

/** Reads a whole part. */
export async function readXml(
  chunks: AsyncIterable<Buffer>,
  context: ReadContext,
  handlers: XmlHandlers,
): Promise<void> {
  const reader = createXmlReader(context, handlers);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
}
