import {
  type Arrangement,
  hasDividers,
  type PaperToArrange,
  volumeArranger,
} from '../../shared/domain/archive-year.ts';
import {
  type BindingSettings,
  type PaperToBind,
  type PlannedVolume,
  volumeFiller,
} from '../../shared/domain/binding.ts';

/** All volumes of papers that are there at once. */
export function volumesAtOnce<Paper extends PaperToBind>(
  papers: readonly Paper[],
  settings?: BindingSettings,
): PlannedVolume<Paper>[] {
  const filler = volumeFiller<Paper>(settings);
  return [...papers.flatMap((paper) => filler.add(paper)), ...filler.close()];
}

/** The same of a class, customer by customer or as filed. */
export function arrangedAtOnce<Paper extends PaperToArrange>(
  papers: readonly Paper[],
  arrangement: Arrangement,
  settings: BindingSettings,
  cardSheets: number,
): PlannedVolume<Paper & { readonly sheets: number }>[] {
  const runs = papers.filter((paper, at) => paper.customer !== papers[at - 1]?.customer).length;
  const dividers = hasDividers({ papers: papers.length, runs });
  const arranger = volumeArranger<Paper>(arrangement, settings, { dividers, cardSheets });
  return [...papers.flatMap((paper) => arranger.add(paper)), ...arranger.close()];
}
