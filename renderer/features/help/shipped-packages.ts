export interface ShippedPackages {
  /** `text`: index into `texts`. */
  readonly packages: readonly {
    readonly name: string;
    readonly version: string;
    readonly licence: string;
    readonly text: number;
  }[];
  readonly texts: readonly string[];
}

/** What is shipped of others (R75). The build puts the real list in the place of this one (electron.vite.config.ts). */
export const shippedPackages: ShippedPackages = { packages: [], texts: [] };
