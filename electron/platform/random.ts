import { randomBytes, randomUUID } from 'node:crypto';

/** Randomness, passed in everywhere. */
export interface Random {
  bytes(length: number): Buffer;
  uuid(): string;
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length), uuid: () => randomUUID() };
