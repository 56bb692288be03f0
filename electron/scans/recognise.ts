import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { OcrLanguage } from './scan-protocol.ts';

/** What is used of Tesseract as WebAssembly, the engine of tesseract.js: without its downloads and threads. */
interface Engine {
  readonly FS: { writeFile(path: string, content: Uint8Array): void };
  readonly TessBaseAPI: new () => {
    Init(dataPath: null, languages: string, engineMode: number): number;
    SetImageFile(orientation: number, angle: number): number;
    Recognize(monitor: null): number;
    GetUTF8Text(): string;
  };
}

const LSTM_ONLY = 1;
// Not `require`: the bundle of a process has one of its own.
const packages = createRequire(import.meta.url);

/** The small integer models: a tenth of the size of the large ones, and as good on print. */
const dataOf = (language: OcrLanguage): Uint8Array =>
  gunzipSync(
    readFileSync(
      join(
        dirname(packages.resolve(`@tesseract.js-data/${language}/package.json`)),
        '4.0.0_best_int',
        `${language}.traineddata.gz`,
      ),
    ),
  );

/** Recognises characters; engine and language data come from the program's own packages, nothing is fetched or written (R02, R21). */
export interface Recogniser {
  recognise(png: Uint8Array): string;
}

export async function createRecogniser(languages: readonly OcrLanguage[]): Promise<Recogniser> {
  const load = packages('tesseract.js-core/tesseract-core-simd-lstm.wasm.js') as (options: object) => Promise<Engine>;
  const engine = await load({ print() {}, printErr() {} });
  for (const language of languages) engine.FS.writeFile(`./${language}.traineddata`, dataOf(language));
  const api = new engine.TessBaseAPI();
  if (api.Init(null, languages.join('+'), LSTM_ONLY) !== 0) throw new Error('language data cannot be loaded');
  return {
    recognise(png) {
      engine.FS.writeFile('/input', png);
      if (api.SetImageFile(1, 0) === 1) throw new Error('image cannot be read');
      api.Recognize(null);
      return joinedHan(api.GetUTF8Text());
    },
  };
}

/** Tesseract sets blanks between Chinese characters; a text has none. */
export function joinedHan(text: string): string {
  return text
    .replace(/(?<=[\p{Script=Han}\p{P}])[^\S\n]+(?=\p{Script=Han})|(?<=\p{Script=Han})[^\S\n]+(?=\p{P})/gu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
