/**
 * Public half of the key that signs updates, as `npm run sign-update -- --new-key FILE` prints it. Whoever publishes a build puts an own one
 * here and keeps the other half away from this repository; while it is empty, no update is accepted.
 */
export const RELEASE_KEY = '';
