import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A browser keeps what is typed: form values for suggestions (Web Data), page state with every field for
 * reopening tabs (Sessions). Both lay in plain text in the profile until they were stopped here (R01).
 * What the desk itself keeps there is IndexedDB with ciphertext (renderer/drafts).
 */
const PREFERENCES = {
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  credentials_enable_service: false,
  profile: { password_manager_enabled: false, exit_type: 'Normal' },
  search: { suggest_enabled: false },
  alternate_error_pages: { enabled: false },
  translate: { enabled: false },
  browser: { enable_spellchecking: false },
  session: { restore_on_startup: 5 },
  webrtc: { ip_handling_policy: 'disable_non_proxied_udp' },
  download: { prompt_for_download: true },
  // The desk prints by itself; the browser's own printing would pass by the refusals of a lookup (L2).
  printing: { enabled: false },
};

/** Prepares the profile folder before the browser starts; returns its path. */
export function prepareBrowserProfile(dataFolder: string): string {
  const profile = join(dataFolder, 'browser');
  const folder = join(profile, 'Default');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const preferences = join(folder, 'Preferences');
  if (!existsSync(preferences)) writeFileSync(preferences, JSON.stringify(PREFERENCES), { mode: 0o600 });
  // No switch turns the session files off; a file where their folder would be does. Left from another day, they go.
  // (The encrypted kind is sealed with a key that every Chromium knows.)
  for (const name of ['Sessions', 'Sessions_Encrypted']) {
    const sessions = join(folder, name);
    rmSync(sessions, { recursive: true, force: true });
    writeFileSync(sessions, '', { mode: 0o600 });
  }
  return profile;
}
