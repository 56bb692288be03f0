import { createCanvas } from '@napi-rs/canvas';
import type { Draw } from '../draw.ts';
import { font, loadScanFonts } from './page-painter.ts';

const WIDTH = 720;
const HEIGHT = 540;

/** What a visitor's camera might have seen in a store room: shelves and boxes in bad light, with the date in a corner. As JPEG. */
export function sitePhoto(draw: Draw, caption: string): Buffer {
  loadScanFonts();
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  const light = context.createLinearGradient(0, 0, WIDTH * 0.4, HEIGHT);
  light.addColorStop(0, '#c9c4b4');
  light.addColorStop(0.6, '#8f8a7c');
  light.addColorStop(1, '#4d4a44');
  context.fillStyle = light;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (let shelf = 0; shelf < 3; shelf += 1) {
    const base = 190 + shelf * 130;
    for (let x = 30 + draw.below(30); x < WIDTH - 60; ) {
      const [wide, high] = [46 + draw.below(60), 44 + draw.below(58)];
      const tone = 120 + draw.below(80);
      context.fillStyle = `rgb(${tone}, ${Math.round(tone * 0.8)}, ${Math.round(tone * 0.58)})`;
      context.fillRect(x, base - high, wide, high);
      context.fillStyle = 'rgba(40,30,20,0.25)';
      context.fillRect(x + wide - 6, base - high, 6, high);
      context.fillStyle = '#e8e4da';
      context.fillRect(x + 8, base - high + 10, 22, 14);
      x += wide + 3 + draw.below(14);
    }
    context.fillStyle = '#3f4a55';
    context.fillRect(14, base, WIDTH - 28, 9);
  }
  context.font = font(20, true);
  context.fillStyle = '#e59a2e';
  context.textAlign = 'right';
  context.fillText(caption, WIDTH - 18, HEIGHT - 18);
  return canvas.encodeSync('jpeg', 62);
}
