// An officer's card, 90 x 54 mm, both sides: the code in front, the steps behind, the warning on both.
import { drawCode } from './draw-code.ts';
import { appName, callToScan, colors, steps, warning, type PaperWords } from './paper-words.ts';
import type { Pen } from './pen.ts';

const margin = 5;
const codeSide = 35;

export function drawCard(
  pen: Pen,
  link: string,
  { unit, speaker, helpline, address, trial }: PaperWords,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  pen.sheet(width, height);
  pen.fill(0, 0, width, height, colors.paper);
  pen.fill(0, 0, width, 13, colors.lacquer);
  pen.line(appName, { x: margin, y: 3.2, width: width - 2 * margin, size: 15, color: colors.gold, weight: 'bold', align: 'center' });
  const { side } = drawCode(pen, link, { x: margin - 1, y: 15.5, side: codeSide });
  const x = margin + side + 2.5;
  const wide = width - x - margin;
  let y = 16;
  y += pen.words(unit ?? speaker, { x, y, width: wide, size: 10, color: colors.ink, weight: 'bold' });
  if (unit !== undefined) y += pen.line(speaker, { x, y, width: wide, size: 7, color: colors.soft });
  y = Math.max(y + 1.2, 28);
  y += pen.line(callToScan, { x, y, width: wide, size: 10, color: colors.ember, weight: 'bold' }) + 0.6;
  pen.words(warning, { x, y, width: wide, size: 7.2, color: colors.ink, weight: 'semi' });
  pen.line(address, { x, y: height - 6.4, width: wide, size: 6, color: colors.soft });

  pen.sheet(width, height);
  pen.fill(0, 0, width, height, colors.lacquer);
  pen.within(0, 0, width, height, () => {
    for (const radius of [9, 11, 14, 15, 18, 23, 24, 28]) pen.ring(width - 8, 6, radius, '#6d1c23', 0.25);
  });
  if (trial !== undefined) pen.line(trial, { x: margin, y: 2.4, width: width - 2 * margin, size: 6, color: colors.mist, align: 'right' });
  let top = 8.5;
  steps.forEach((step, index) => {
    pen.disc(margin + 2.4, top + 2.2, 2.4, colors.gold);
    pen.line(String(index + 1), { x: margin, y: top + 0.2, width: 4.8, size: 8.5, color: colors.deep, weight: 'bold', align: 'center' });
    top += Math.max(pen.words(step, { x: margin + 7, y: top + 0.5, width: width - 2 * margin - 7, size: 7.1, color: colors.ivory }), 5) + 2.2;
  });
  const foot = helpline === undefined ? height - 11 : height - 15;
  pen.line(warning, { x: margin, y: foot, width: width - 2 * margin, size: 10, color: colors.gold, weight: 'bold' });
  if (helpline !== undefined) pen.line(helpline, { x: margin, y: height - 9, width: width - 2 * margin, size: 8, color: colors.ivory, weight: 'semi' });
}
