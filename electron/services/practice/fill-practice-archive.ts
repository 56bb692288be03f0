import type { CallContext, OpenArchive } from '../context.ts';

export const PRACTICE_KEEPER = {
  archiveName: '實訓檔案',
  login: 'keeper',
  displayName: '林專管',
  secret: 'practice keeper 實訓檔案 2026',
};

export interface PracticeWish {
  readonly customers: number;
  readonly seed: number;
  readonly year?: number | undefined;
  readonly scans: boolean;
}

export async function fillPracticeArchive(_context: CallContext, _archive: OpenArchive, _wish: PracticeWish) {
  return { customers: 0, papers: 0, users: [] };
}
