import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as nativeSign,
  verify as nativeVerify,
} from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';

/** Signs with Ed25519. `keyId`: the first 8 bytes of the public key, as 16 hex digits (§10). */
export interface Signer {
  readonly keyId: string;
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** 64 bytes. */
  sign(bytes: Buffer): Buffer;
}

/** DER heads around a raw Ed25519 key (RFC 8410), because node:crypto takes no raw keys. */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** RFC 8032, test 2. */
const KNOWN = {
  seed: Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'),
  publicKey: Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex'),
  message: Buffer.from('72', 'hex'),
  signature: Buffer.from(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    'hex',
  ),
};

function privateKeyOf(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([PRIVATE_HEAD, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, publicKey]), format: 'der', type: 'spki' });
}

/** True when node:crypto signs and verifies the known answer; Electron's library is not taken on trust (§3). */
function nativeWorks(): boolean {
  try {
    const signature = nativeSign(null, KNOWN.message, privateKeyOf(KNOWN.seed));
    const wrong = Buffer.from(signature);
    wrong[0] = (wrong[0] ?? 0) ^ 1;
    const key = publicKeyObject(KNOWN.publicKey);
    return (
      signature.equals(KNOWN.signature) &&
      nativeVerify(null, KNOWN.message, key, signature) &&
      !nativeVerify(null, KNOWN.message, key, wrong)
    );
  } catch {
    return false;
  }
}

let chosen: 'native' | 'noble' | undefined;

/** Which implementation is in use: node:crypto if it passes the self-test, else @noble/curves; both give the same bytes. */
export function ed25519Implementation(): 'native' | 'noble' {
  chosen ??= nativeWorks() ? 'native' : 'noble';
  return chosen;
}

/** `seed`: 32 bytes; the caller may overwrite them afterwards. */
export function signerFromSeed(seed: Uint8Array): Signer {
  if (seed.length !== 32) throw new Error('An Ed25519 seed has 32 bytes');
  const own = Buffer.from(seed);
  const publicKey = Buffer.from(ed25519.getPublicKey(own));
  const keyId = keyIdOf(publicKey);
  if (ed25519Implementation() === 'noble') {
    return { keyId, publicKey, sign: (bytes) => Buffer.from(ed25519.sign(bytes, own)) };
  }
  const key = privateKeyOf(own);
  own.fill(0);
  return { keyId, publicKey, sign: (bytes) => nativeSign(null, bytes, key) };
}

/** The 16 hex digits that name a public key in log entries. */
export function keyIdOf(publicKey: Uint8Array): string {
  return Buffer.from(publicKey.subarray(0, 8)).toString('hex');
}

/** A check against one public key (32 bytes); make it once and use it for many signatures. False for anything malformed. */
export function verifierOf(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => boolean {
  if (publicKey.length !== 32) return () => false;
  if (ed25519Implementation() === 'noble') {
    const own = Buffer.from(publicKey);
    return (bytes, signature) => signature.length === 64 && nobleVerifies(signature, bytes, own);
  }
  const key = publicKeyObject(publicKey);
  return (bytes, signature) => signature.length === 64 && nativeVerify(null, bytes, key, signature);
}

function nobleVerifies(signature: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, bytes, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
