/** Character maps and the fourteen standard fonts of PDF.js, bundled as modules: the window may fetch nothing (R15, R18). */
const maps = import.meta.glob<string>(
  '../../../node_modules/pdfjs-dist/cmaps/{UniGB,UniCNS,UniJIS-U,GB,B5,ETen,ETHK,HK,CNS,Adobe-GB1,Adobe-CNS1,Adobe-Japan1}*.bcmap',
  { query: '?url&inline', import: 'default' },
);
const fonts = import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
  query: '?url&inline',
  import: 'default',
});

function bytesOfDataAddress(address: string): Uint8Array {
  const binary = atob(address.slice(address.indexOf(',') + 1));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** What PDF.js asks for by name, out of the bundle. */
export class BundledDataFactory {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const source = kind === 'cMapUrl' ? maps : fonts;
    const load = Object.entries(source).find(([path]) => path.endsWith(`/${filename}`))?.[1];
    if (load === undefined) throw new Error(`not bundled: ${filename}`);
    return bytesOfDataAddress(await load());
  }
}
