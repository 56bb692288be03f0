/** One record on disk: a fresh nonce and the ciphertext. Nothing else of a draft is readable without the drafts key (R01). */
export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly cipher: ArrayBuffer;
}

const NONCE_BYTES = 12;

/** Makes the drafts key of base64 that the archive handed over: it cannot be taken out of the browser again. */
export function importDraftsKey(base64: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);
}

/** Seals a value under the key, bound to the id of its record, so that two records cannot be exchanged. */
export async function seal(key: CryptoKey, recordId: string, value: unknown): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const additionalData = new TextEncoder().encode(recordId);
  return { nonce, cipher: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, plain) };
}

/** Opens a sealed value; undefined when the key is another one (another archive) or the record was tampered with. */
export async function unseal(key: CryptoKey, recordId: string, sealed: Sealed): Promise<unknown> {
  try {
    const additionalData = new TextEncoder().encode(recordId);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.nonce, additionalData },
      key,
      sealed.cipher,
    );
    return JSON.parse(new TextDecoder().decode(plain)) as unknown;
  } catch {
    return undefined;
  }
}
