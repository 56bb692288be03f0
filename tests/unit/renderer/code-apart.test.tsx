import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { codeApart } from '../../../renderer/state/code-apart.tsx';

const Letter = () => <p>信</p>;

describe('a part whose code comes apart', () => {
  it('is drawn at once when its code was read before', async () => {
    const { component: Part, load } = codeApart(async () => Letter);
    await load();
    expect(renderToStaticMarkup(<Part />)).toBe('<p>信</p>');
  });

  it('reads its code again when that could not be had', async () => {
    let tries = 0;
    const { component: Part, load } = codeApart(async () => {
      tries += 1;
      if (tries === 1) throw new Error('gone');
      return Letter;
    });
    await expect(load()).rejects.toThrow('gone');
    await load();
    expect(renderToStaticMarkup(<Part />)).toBe('<p>信</p>');
  });
});
