import './styles.ts';
import { archive } from '../gateway/archive.ts';
import { readTexts } from '../i18n/catalogues.ts';

/** Runs first. Who the host is and the texts are asked for while the code of the window is still read; the page names it, and the lock's, to be fetched at once. */
async function begin(): Promise<void> {
  // The host answers without the archive process, so this is quick.
  const asked = archive.call('host.info', {}).catch(() => null);
  const locale = asked.then((info) => info?.locale ?? 'zh-Hant');
  void locale.then(readTexts).catch(() => undefined);
  const { drawWindow } = await import('./main.tsx');
  await drawWindow(await asked, await locale);
}

void begin();
