/** The five classes of a dossier (D1–D5). Labels: `dossierClass.<n>`. */
export const DOSSIER_CLASSES = [1, 2, 3, 4, 5] as const;
export type DossierClass = (typeof DOSSIER_CLASSES)[number];

/** The class with this number, or undefined. */
export function dossierClassOf(number: number): DossierClass | undefined {
  return DOSSIER_CLASSES.find((candidate) => candidate === number);
}
