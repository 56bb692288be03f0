/** A signature drawn at the counter, as a drawing: lines of points in a box of 600 × 200. */
export function signatureSvg(lines: readonly (readonly (readonly [number, number])[])[]): string {
  const paths = lines
    .filter((line) => line.length > 0)
    .map(
      (line) =>
        `M${line.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}${line.length === 1 ? 'l0.1 0' : ''}`,
    )
    .map((d) => `<path d="${d}"/>`)
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><g fill="none" stroke="#1f1d1a" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">${paths}</g></svg>`;
}
