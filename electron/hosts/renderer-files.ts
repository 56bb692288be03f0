import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

/**
 * The window's own files, served by the program itself: under the custom scheme on Electron, under
 * an invented origin on Chromium. The same headers in both (R15).
 */
export interface ServedFile {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type RendererFiles = (pathname: string) => Promise<ServedFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.wasm': 'application/wasm',
};

/** R15 to the letter, and `worker-src` for pdf.js. Styles come from files alone: Mantine is set up to write none. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * A worker has its own policy, from its own answer. The pdf.js worker decodes pictures with WebAssembly and
 * fetches its tables and decoders from the program's own files; it has no bridge and no page.
 */
const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";

const isWorkerScript = (pathname: string): boolean => /worker[^/]*\.m?js$/.test(pathname);

const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=()',
  // Nothing of the program belongs into the browser profile's cache.
  'cache-control': 'no-store',
} as const;

function notFound(): ServedFile {
  return { status: 404, headers: { ...COMMON_HEADERS, 'content-type': 'text/plain' }, body: Buffer.from('') };
}

/** Serves the files below `folder` (`out/renderer`). Any path outside, and any unknown file type, is not found. */
export function rendererFiles(folder: string): RendererFiles {
  return async (pathname) => {
    let decoded: string;
    try {
      decoded = decodeURIComponent(pathname);
    } catch {
      return notFound();
    }
    const relative = decoded === '/' ? 'index.html' : decoded.replace(/^\/+/, '');
    const file = normalize(join(folder, relative));
    const type = TYPES[extname(file).toLowerCase()];
    if (!file.startsWith(folder + sep) || type === undefined || decoded.includes('\0')) return notFound();
    let body: Buffer;
    try {
      body = await readFile(file);
    } catch {
      return notFound();
    }
    const policy = isWorkerScript(decoded) ? WORKER_POLICY : PAGE_POLICY;
    return {
      status: 200,
      headers: { ...COMMON_HEADERS, 'content-type': type, 'content-security-policy': policy },
      body,
    };
  };
}
