import { fileURLToPath } from 'node:url';

/** Version of this program, from its package.json, which lies two folders above sources and bundles alike. */
export function programVersion(read: (path: string) => string): string {
  try {
    const { version } = JSON.parse(read(fileURLToPath(new URL('../../package.json', import.meta.url)))) as {
      version?: string;
    };
    return version ?? '0.0.0';
  } catch {
    return '0.0.0';
  }
}
