/** Ed25519: the native implementation if it proves itself by a known answer, otherwise @noble/curves (security.md §3). */
import { createPrivateKey, createPublicKey, sign as nativeSign, verify as nativeVerify } from 'node:crypto';
import { ed25519 as noble } from '@noble/curves/ed25519.js';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs for one person or for the vault. `keyId` is the first 8 bytes of the public key in hex, as in the log (§10). */
export interface Signer {
  readonly keyId: string;
  /** 32 bytes. */
  readonly publicKey: Buffer;
  /** Ed25519 signature, 64 bytes. Throws after `close`. */
  sign(bytes: Uint8Array): Buffer;
  /** Forgets the private key. */
  close(): void;
}

interface Implementation {
  publicKeyOf(seed: Uint8Array): Buffer;
  signFunction(seed: Uint8Array): (bytes: Uint8Array) => Buffer;
  verifier(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => boolean;
  /** The same beside the calling thread, where the implementation can. */
  verifierApart(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>;
}

function privateKeyOf(seed: Uint8Array) {
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function publicKeyFrom(publicKey: Uint8Array) {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
}

const native: Implementation = {
  publicKeyOf: (seed) => {
    const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
    return Buffer.from(spki.subarray(SPKI_PREFIX.length));
  },
  signFunction: (seed) => {
    const key = privateKeyOf(seed);
    return (bytes) => nativeSign(null, bytes, key);
  },
  verifier: (publicKey) => {
    const key = publicKeyFrom(publicKey);
    return (bytes, signature) => nativeVerify(null, bytes, key, signature);
  },
  verifierApart: (publicKey) => {
    const key = publicKeyFrom(publicKey);
    return (bytes, signature) =>
      new Promise((resolve, reject) => {
        nativeVerify(null, bytes, key, signature, (error, valid) => (error === null ? resolve(valid) : reject(error)));
      });
  },
};

const portable: Implementation = {
  publicKeyOf: (seed) => Buffer.from(noble.getPublicKey(seed)),
  signFunction: (seed) => {
    const own = Uint8Array.from(seed);
    return (bytes) => Buffer.from(noble.sign(bytes, own));
  },
  verifier: (publicKey) => (bytes, signature) => noble.verify(signature, bytes, publicKey, { zip215: false }),
  verifierApart: (publicKey) => async (bytes, signature) =>
    noble.verify(signature, bytes, publicKey, { zip215: false }),
};

/** RFC 8032 test 1: seed, public key, signature of the empty message. */
export const RFC8032_TEST_1 = {
  seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  signature:
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
} as const;

/** True if an implementation gives the published answer and refuses a changed message. */
function proves(implementation: Implementation): boolean {
  try {
    const seed = Buffer.from(RFC8032_TEST_1.seed, 'hex');
    const empty = new Uint8Array(0);
    const publicKey = implementation.publicKeyOf(seed);
    const signature = implementation.signFunction(seed)(empty);
    return (
      publicKey.toString('hex') === RFC8032_TEST_1.publicKey &&
      signature.toString('hex') === RFC8032_TEST_1.signature &&
      implementation.verifier(publicKey)(empty, signature) &&
      !implementation.verifier(publicKey)(Uint8Array.of(1), signature)
    );
  } catch {
    return false;
  }
}

let chosen: Implementation | undefined;
function implementation(): Implementation {
  chosen ??= proves(native) ? native : portable;
  return chosen;
}

/** True if both implementations that could be used answer as published; for the self-test. */
export function ed25519Works(): boolean {
  return proves(implementation()) && proves(portable);
}

/** A signer from a 32-byte seed. The caller zeroes the seed when it is no longer needed. */
export function signerFromSeed(seed: Uint8Array): Signer {
  if (seed.length !== 32) throw new TypeError('an Ed25519 seed has 32 bytes');
  const publicKey = implementation().publicKeyOf(seed);
  let signBytes: ((bytes: Uint8Array) => Buffer) | undefined = implementation().signFunction(seed);
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (bytes) => {
      if (signBytes === undefined) throw new TypeError('this signer is closed');
      return signBytes(bytes);
    },
    close: () => {
      signBytes = undefined;
    },
  };
}

/** The 16 hex digits that name a public key in log entries. */
export function keyIdOf(publicKey: Uint8Array): string {
  return Buffer.from(publicKey.subarray(0, 8)).toString('hex');
}

/** Which implementation is in use; both give the same bytes. */
export function ed25519Implementation(): 'native' | 'noble' {
  return implementation() === native ? 'native' : 'noble';
}

/** A check against one public key (32 bytes); make it once and use it for many signatures. False for anything malformed. */
export function verifierOf(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => boolean {
  if (publicKey.length !== 32) return () => false;
  const verify = implementation().verifier(Buffer.from(publicKey));
  return (bytes, signature) => {
    if (signature.length !== 64) return false;
    try {
      return verify(bytes, signature);
    } catch {
      return false;
    }
  };
}

/**
 * The same on the threads that Node keeps for such work, several at a time, so that a whole log is checked beside the desk (R35). With the
 * portable implementation it is done on the calling thread.
 */
export function verifierApartOf(publicKey: Uint8Array): (bytes: Uint8Array, signature: Uint8Array) => Promise<boolean> {
  if (publicKey.length !== 32) return async () => false;
  const verify = implementation().verifierApart(Buffer.from(publicKey));
  return async (bytes, signature) => {
    if (signature.length !== 64) return false;
    try {
      return await verify(bytes, signature);
    } catch {
      return false;
    }
  };
}

/** True if `signature` is the Ed25519 signature of `bytes` by `publicKey`; false for keys or signatures of the wrong shape. */
export function verifySignature(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verifierOf(publicKey)(bytes, signature);
}
