import type { OutputOf } from '../../../shared/contract/contract.ts';

export type Plan = OutputOf<'binding.plan'>;
export type VolumeProposal = Plan['volumes'][number];

/** What a proposed volume is told by among those of its year. */
export const volumeKey = (volume: VolumeProposal): string => `${volume.class}-${volume.volume}`;

/** Volumes of one class as they will stand on the shelf. */
export interface ShelfBoard {
  readonly class: number;
  readonly volumes: readonly VolumeProposal[];
  readonly papers: number;
  readonly pages: number;
  readonly millimetres: number;
}

/** The plan by class, classes without a volume left out. */
export function shelfBoards(volumes: readonly VolumeProposal[]): readonly ShelfBoard[] {
  return [1, 2, 3, 4, 5]
    .map((dossierClass) => {
      const own = volumes
        .filter((volume) => volume.class === dossierClass)
        .sort((left, right) => left.volume - right.volume);
      const sum = (pick: (volume: VolumeProposal) => number): number =>
        own.reduce((total, volume) => total + pick(volume), 0);
      return {
        class: dossierClass,
        volumes: own,
        papers: sum((volume) => volume.papers),
        pages: sum((volume) => volume.pages),
        millimetres: sum((volume) => volume.spineMillimetres),
      };
    })
    .filter((board) => board.volumes.length > 0);
}

/** Width of a drawn spine in pixels: true to scale among each other, wide enough to read. */
export function spineWidth(millimetres: number): number {
  return Math.round(Math.min(120, Math.max(30, millimetres * 2)));
}

/** A fingerprint in groups of four, first and last four groups: enough to compare by eye with the printed cover. */
export function shortFingerprint(sha256: string): string {
  const groups = sha256.match(/.{1,4}/gu) ?? [];
  return groups.length <= 8 ? groups.join(' ') : `${groups.slice(0, 4).join(' ')} … ${groups.slice(-4).join(' ')}`;
}
