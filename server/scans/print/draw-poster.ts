// A poster or desk sheet: A4, and the same at the scale of A5. Measures are millimetres of A4.
import { paperMm } from '../../../core/scan-api.ts';
import { drawCode } from './draw-code.ts';
import { appName, callToScan, colors, english, lead, steps, warning, type PaperWords } from './paper-words.ts';
import type { Pen, Words } from './pen.ts';

const margin = 16;
const bandHeight = 96;
const codeSide = 104;
/** Rings of the drum, as on every page of the campaign. */
const rings = [22, 27, 34, 37, 44, 55, 58, 66];

export function drawPoster(
  pen: Pen,
  link: string,
  { unit, speaker, helpline, address, trial }: PaperWords,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const scale = width / paperMm.a4.width;
  const s = (value: number) => value * scale;
  const across = paperMm.a4.width - 2 * margin;
  type Put = Omit<Words, 'x' | 'width'> & { readonly x?: number; readonly width?: number };
  const scaled = ({ x = margin, width: wide = across, y, size, ...how }: Put): Words => ({ ...how, x: s(x), y: s(y), width: s(wide), size: size * scale });
  const words = (text: string, how: Put) => pen.words(text, scaled(how)) / scale;
  const line = (text: string, how: Put) => pen.line(text, scaled(how)) / scale;

  pen.sheet(width, height);
  pen.fill(0, 0, width, height, colors.paper);
  pen.fill(0, 0, width, s(bandHeight), colors.lacquer);
  pen.within(0, 0, width, s(bandHeight), () => {
    for (const radius of rings) pen.ring(s(186), s(26), s(radius), '#74232a', s(0.5));
  });

  const top = 15;
  const first = words(unit ?? speaker, { y: top, size: 17, color: colors.ivory, weight: 'semi', width: 120 });
  if (unit !== undefined) words(speaker, { y: top + first, size: 12, color: colors.mist, width: 120 });
  if (trial !== undefined) {
    pen.round(s(139), s(top), s(55), s(8), s(4), colors.gold);
    line(trial, { x: 141, width: 51, y: top + 1.2, size: 11, color: colors.ink, weight: 'semi', align: 'center' });
  }
  line(appName, { y: 33, size: 40, color: colors.gold, weight: 'bold', align: 'center' });
  words(lead, { x: 30, width: 150, y: 52, size: 13.5, color: colors.ivory, align: 'center' });

  const card = codeSide + 6;
  const left = (paperMm.a4.width - card) / 2;
  pen.round(s(left - 0.5), s(70.5), s(card + 1), s(card + 1), s(4.5), colors.mist);
  pen.round(s(left), s(71), s(card), s(card), s(4), '#ffffff');
  drawCode(pen, link, { x: s(left + 3), y: s(74), side: s(codeSide) });
  line(callToScan, { y: 185.5, size: 27, color: colors.ember, weight: 'bold', align: 'center' });
  line(address, { y: 199, size: 11.5, color: colors.soft, align: 'center' });

  const column = (across - 12) / 3;
  steps.forEach((step, index) => {
    const x = margin + index * (column + 6);
    pen.disc(s(x + 5), s(217), s(5), colors.ember);
    line(String(index + 1), { x, width: 10, y: 213.3, size: 15.5, color: '#ffffff', weight: 'bold', align: 'center' });
    words(step, { x: x + 13, width: column - 13, y: 211.5, size: 11.5, color: colors.ink });
  });

  pen.round(s(margin), s(245), s(across), s(17), s(4), colors.wash);
  line(warning, { x: margin + 5, width: across - 10, y: 248.7, size: 19, color: colors.ember, weight: 'bold', align: 'center' });
  if (helpline !== undefined) line(helpline, { y: 267, size: 13, color: colors.ink, weight: 'semi', align: 'center' });
  line(english, { y: 276, size: 9.5, color: colors.soft, align: 'center' });
  pen.fill(0, height - s(6), width, s(6), colors.lacquer);
}
