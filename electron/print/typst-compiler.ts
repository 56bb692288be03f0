import { resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FontChain } from './fonts.ts';

/** A folder that does not exist: everything the templates read is put there in memory only (R02). */
const VIRTUAL_ROOT = resolve('/dossier-desk-print');

export interface TypesetJob {
  /** File name of the template. */
  readonly template: string;
  /** Becomes `data.json` for the template. */
  readonly data: unknown;
  /** Other files for the template, by name. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Date of creation written into the PDF: the same data and date give the same bytes. */
  readonly createdAt: Date;
}

export interface Typeset {
  readonly pdf: Buffer;
  readonly pages: number;
  /** Values of all `metadata` elements with this label, in order. */
  metadata(label: string): readonly unknown[];
}

/** Typst in this process, kept warm: fonts are loaded once, nothing else survives a job. */
export class TypstCompiler {
  readonly #compiler: NodeCompiler;
  readonly #templates: ReadonlyMap<string, string>;

  constructor(fonts: FontChain, templates: ReadonlyMap<string, string>) {
    this.#templates = templates;
    this.#compiler = NodeCompiler.create({ workspace: VIRTUAL_ROOT, fontArgs: [{ fontPaths: [...fonts.paths] }] });
  }

  /** Sets one document as tagged PDF/A-2u. Throws `PRINT_FAILED`; the cause has Typst's own words, which may quote the data. */
  typeset(job: TypesetJob): Typeset {
    const compiler = this.#compiler;
    try {
      for (const [name, source] of this.#templates) compiler.addSource(resolve(VIRTUAL_ROOT, name), source);
      compiler.mapShadow(resolve(VIRTUAL_ROOT, 'data.json'), Buffer.from(JSON.stringify(job.data)));
      for (const [name, bytes] of job.files ?? []) {
        compiler.mapShadow(resolve(VIRTUAL_ROOT, name), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      }
      const compiled = compiler.compile({ mainFilePath: resolve(VIRTUAL_ROOT, job.template), resetRead: true });
      const document = compiled.result;
      if (compiled.hasError() || document === null) {
        throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no document'));
      }
      const pdf = compiler.pdf(document, {
        pdfStandard: 'a-2u',
        pdfTags: true,
        creationTimestamp: Math.floor(job.createdAt.getTime() / 1000),
      });
      return {
        pdf,
        pages: document.numOfPages,
        metadata: (label) => compiler.query(document, { selector: `<${label}>`, field: 'value' }) as readonly unknown[],
      };
    } catch (thrown) {
      throw new AppError('PRINT_FAILED', { cause: thrown });
    }
  }

  /** Forgets the job's data: virtual files and memoized results. */
  forget(): void {
    this.#compiler.resetShadow();
    this.#compiler.evictCache(0);
  }
}
