import { protocol, type Session } from 'electron';
import type { RendererFiles } from '../renderer-files.ts';

/** The window's own scheme: no file:, no http:, and an origin that its storage and policy belong to. */
export const WINDOW_ORIGIN = 'archive://desk';

/** Must run before `app.whenReady()`. */
export function registerWindowScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'archive', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** @param developmentServer origin of Vite's server under `npm run dev`; undefined otherwise. */
export function isOwnPage(url: string, developmentServer: string | undefined): boolean {
  return (
    url.startsWith(`${WINDOW_ORIGIN}/`) || (developmentServer !== undefined && url.startsWith(`${developmentServer}/`))
  );
}

/** Answers the window's scheme from the program's own files, and no other host of that scheme. */
export function serveWindowScheme(session: Session, files: RendererFiles): void {
  session.protocol.handle('archive', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'desk' || request.method !== 'GET') return new Response('', { status: 404 });
    const file = await files(url.pathname);
    return new Response(new Uint8Array(file.body), { status: file.status, headers: { ...file.headers } });
  });
}

/** R18: no request of the window leaves the program, no permission is given, nothing is downloaded. */
export function closeSession(session: Session, developmentServer: string | undefined): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const bare = details.url.startsWith('blob:') ? details.url.slice('blob:'.length) : details.url;
    const development = developmentServer?.replace(/^http/, 'ws');
    const allowed =
      isOwnPage(bare, developmentServer) ||
      (development !== undefined && details.url.startsWith(development)) ||
      // The developer tools of a source checkout; the packaged window has none.
      (developmentServer !== undefined && details.url.startsWith('devtools:'));
    decide({ cancel: !allowed });
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}
