type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

/** Its parser, which comes without types and puts itself where PDF.js looks for one. */
const PARSER: string = 'pdfjs-dist/legacy/build/pdf.worker.mjs';

let loaded: Promise<PdfJs> | undefined;

/**
 * PDF.js with its parser in this thread. It takes any process of Electron but the main one for a window, and would ask for a DOM; while it
 * is loaded, a utility process shows itself as plain Node (`process.type`, which Electron sets and PDF.js looks at once).
 */
export function pdfJs(): Promise<PdfJs> {
  loaded ??= seenAsNode(async () => {
    await import(PARSER);
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  });
  return loaded;
}

async function seenAsNode<T>(act: () => Promise<T>): Promise<T> {
  const type = Object.getOwnPropertyDescriptor(process, 'type');
  if (type === undefined) return await act();
  Object.defineProperty(process, 'type', { value: undefined, configurable: true });
  try {
    return await act();
  } finally {
    Object.defineProperty(process, 'type', type);
  }
}
