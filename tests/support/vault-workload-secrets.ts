import { KEEPER_SECRET } from '../builders/vault-builder.ts';

/** Secrets the `secret` workload goes round. */
export const SECRETS: readonly string[] = [KEEPER_SECRET, `${KEEPER_SECRET}之二`];
