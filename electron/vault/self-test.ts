/** Known answers before anything is opened (security.md §14, R72). The database's own is `store/self-test.ts`. */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { Decrypter } from 'age-encryption';
import { parseNote, signNote, verifierKey } from '../platform/signed-note.ts';
import { ed25519Works, signerFromSeed } from '../platform/signer.ts';
import { deriveKey } from './derive.ts';

/** Written by the `age` command with this identity, which protects nothing else. */
const AGE_IDENTITY = 'AGE-SECRET-KEY-19P6XJUWJCVEHVH9X2ZPLGSS9THKDSYDENPME4TZP6KUFS9RK6Q3QCQ8FQY';
const AGE_FILE =
  'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBwSG90b01jMGVCYTIwSHdFUWppWUZFL2lXRy9kakFidHJkbDZuZ2t5dVQ0CnlpV1lWTXNBdGswKytyVC96V09sN2RSeG5Oa3hpYUdYbTNSS1NIbjlKdGsKLS0tIGNjSEdNQi9tNmtVa2dnb2QwZUVuUUhnN3pkTnBzQjN0b1kvdEpnZ21QbjQKYzB1WIeh6PxC/WbiRyE8/VA+n/JAagWIoET3unQJFxIcaLAiiHvMEp9gHeAo9K364dW/fzgLzVNtudEDLM05A9MmymY4Le9xZ1tJb8vw7eAJu7K3so25/LHbpRpuEM0Yhec=';
const AGE_TEXT = 'Dossier Desk self-test: this file was written by the age command.\n';
const VAULT_ID = '0123456789abcdef0123456789abcdef';
const CHECKPOINT_NAME = 'archive.example/0123456789abcdef';
const CHECKPOINT_TEXT = `${CHECKPOINT_NAME}\n2\nXEhzbwGIgo1qxIkstsHHEjPBgv7i1hAHTboOoxwj+Eo=\n`;
const CHECKPOINT_LINE = `— ${CHECKPOINT_NAME} 8GjT5vieYnWZECnj8UTHXm66HyYja6c7jm1UVIpMQMS4lfjN80gEb7Z1HX6tibKTr29LL0tPng/aLl6JnlOsjbQTsw8=\n`;
const SIGNING_SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';

const sha = (algorithm: string) => createHash(algorithm).update('abc').digest('hex');

function hkdfAnswers(): boolean {
  const key = Buffer.alloc(32, 7);
  const expected: readonly (readonly [string, string])[] = [
    ['db', '1a346d343bdece8db93bf5e6c75176a2faee0c12624afd610955ae60f3a19934'],
    ['lookup-db', '5069765ef7e0585ed19087a6f0978519d952c7b7c127dfbf1fce1ac9802f007e'],
    ['anchor', '3fa1f29574917298e71e88a4bf9e3f12fa93b07e9893396b94194d68dc76e984'],
  ];
  return expected.every(([use, answer]) => deriveKey(key, VAULT_ID, use, 1).toString('hex') === answer);
}

/** Test case 16 of the GCM specification, and refusal of a changed tag. */
function gcmAnswers(): boolean {
  const key = Buffer.from('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'hex');
  const nonce = Buffer.from('cafebabefacedbaddecaf888', 'hex');
  const plain = Buffer.from(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
    'hex',
  );
  const data = Buffer.from('feedfacedeadbeeffeedfacedeadbeefabaddad2', 'hex');
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  cipher.setAAD(data);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const tag = cipher.getAuthTag();
  if (tag.toString('hex') !== '76fc6ece0f4e1768cddf8853bb2d551b') return false;
  const open = (withTag: Buffer) => {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    decipher.setAAD(data);
    decipher.setAuthTag(withTag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  };
  if (!open(tag).equals(plain)) return false;
  try {
    open(Buffer.alloc(16));
    return false;
  } catch {
    return true;
  }
}

async function argon2Answers(): Promise<boolean> {
  const salt = Buffer.from(Array.from({ length: 16 }, (_, index) => index));
  const output = await hashRaw('correct horse battery staple', {
    algorithm: 2,
    version: 1,
    memoryCost: 65_536,
    timeCost: 3,
    parallelism: 4,
    outputLen: 32,
    salt,
  });
  return output.toString('hex') === '853b272a44db1421c02962669a55eb0994f3cab385ed1c4c79253eee19bab49e';
}

function noteAnswers(): boolean {
  const signer = signerFromSeed(Buffer.from(SIGNING_SEED, 'hex'));
  const [line] = parseNote(Buffer.from(`${CHECKPOINT_TEXT}\n${CHECKPOINT_LINE}`))?.signatures ?? [];
  const own = signNote(CHECKPOINT_TEXT, CHECKPOINT_NAME, signer);
  return (
    verifierKey(CHECKPOINT_NAME, signer.publicKey) ===
      `${CHECKPOINT_NAME}+f068d3e6+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea` &&
    line?.signature.equals(own.signature) === true &&
    line.keyId.equals(own.keyId)
  );
}

async function ageAnswers(): Promise<boolean> {
  const file = Buffer.from(AGE_FILE, 'base64');
  const open = (bytes: Uint8Array) => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(AGE_IDENTITY);
    return decrypter.decrypt(bytes, 'text');
  };
  if ((await open(file)) !== AGE_TEXT) return false;
  const changed = Buffer.from(file);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return open(changed).then(
    () => false,
    () => true,
  );
}

export type KnownAnswer = readonly [name: string, passes: () => boolean | Promise<boolean>];

const CHECKS: readonly KnownAnswer[] = [
  ['sha256', () => sha('sha256') === 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'sha512',
    () =>
      sha('sha512') ===
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
  [
    'hmac',
    () =>
      createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex') ===
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['hkdf', hkdfAnswers],
  ['aes-256-gcm', gcmAnswers],
  ['argon2id', argon2Answers],
  ['ed25519', ed25519Works],
  ['signed-note', noteAnswers],
  ['age', ageAnswers],
];

/** Runs all known answers and those that others have, about 0.2 s. @returns names of those that failed; anything but an empty list = open nothing (R72) */
export async function failedSelfTests(more: readonly KnownAnswer[] = []): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, passes] of [...CHECKS, ...more]) {
    try {
      if (!(await passes())) failed.push(name);
    } catch {
      failed.push(name);
    }
  }
  return failed;
}
