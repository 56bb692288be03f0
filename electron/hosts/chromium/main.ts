import { keepCompiledCode } from './compiled-code.ts';

/** Entry of the fallback: `npm start` where Electron's binary is not to be had. Nothing else is imported before the compiled code is at hand. */
keepCompiledCode();
const { runChromiumHost } = await import('./run-chromium-host.ts');
process.exit(await runChromiumHost());
