// Served as it stands. PDF.js asks for `<this address>#/jbig2_…` or `#/openjpeg_…`: the decoders without WebAssembly,
// which the content policy does not allow (R15). Their addresses come in the query.
const here = new URL(import.meta.url);
const address = here.searchParams.get(here.hash.includes('openjpeg') ? 'openjpeg' : 'jbig2');
const decoder = await import(new URL(address, here).href);
// biome-ignore lint/style/noDefaultExport: PDF.js takes the default export
export default decoder.default;
