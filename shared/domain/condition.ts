/** Condition of a paper when it goes out and comes back (B1): 完好 / 缺頁 / 破損 / 塗改 / 遺失. Labels: `condition.<value>`. */
export const CONDITIONS = ['intact', 'pagesMissing', 'damaged', 'altered', 'lost'] as const;
export type PaperCondition = (typeof CONDITIONS)[number];

/** Anything but 完好 needs a note, and at return a breach record (B3). */
export function isSound(condition: PaperCondition): boolean {
  return condition === 'intact';
}
