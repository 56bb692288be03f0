import { fileURLToPath } from 'node:url';

/** Folder of the built window: `out/renderer`, seen from the sources as from the bundle in `out/main`. */
export function rendererFolder(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? '../../out/renderer' : '../renderer', here));
}
