/**
 * Where a file of the program lies for native code. In the package the program is one archive file, which Node's own `fs` reads and native
 * code does not: what native code opens is unpacked beside it (electron-builder.yml, `asarUnpack`). Elsewhere the path as it is.
 */
export function unpackedPath(path: string): string {
  return path.replace(/([\\/]app)\.asar(?=[\\/])/, '$1.asar.unpacked');
}
