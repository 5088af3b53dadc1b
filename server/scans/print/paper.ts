// A code on paper as PDF: its words from the campaign and the unit, drawn on the sheet that was chosen.
import type { Campaign } from '../../../core/campaign.ts';
import { paperMm, type PaperSize } from '../../../core/scan-api.ts';
import { drawCard } from './draw-card.ts';
import { drawPoster } from './draw-poster.ts';
import { appName, callToScan, type PaperWords } from './paper-words.ts';
import { openPen } from './pen.ts';

export interface PaperOrder {
  readonly link: string;
  readonly unit: string | undefined;
  readonly size: PaperSize;
  readonly bleed: boolean;
  readonly at: number;
}

/** The PDF of one placement: a sheet, or both sides of a card. */
export function drawPaper(
  { speaker, helpline, trial }: Pick<Campaign, 'speaker' | 'helpline' | 'trial'>,
  { link, unit, size, bleed, at }: PaperOrder,
): Promise<Buffer> {
  const { number, branch, confirmed } = helpline;
  const words: PaperWords = {
    unit,
    speaker: speaker.vi,
    // A number that nobody has checked is not printed a thousand times.
    helpline: number === '' || !(confirmed || trial) ? undefined : `Cần hỗ trợ, gọi ${number}${branch === undefined ? '' : `, nhánh ${branch}`}`,
    address: link.replace(/^https:\/\//i, '').replace(/^.*\//, (before) => before.toLowerCase()),
    trial: trial ? 'Bản in thử, không phát hành' : undefined,
  };
  const pen = openPen({ title: `${appName} – ${callToScan.toLowerCase()}`, author: unit ?? speaker.vi, at, bleed });
  const draw = size === 'card' ? drawCard : drawPoster;
  draw(pen, link, words, paperMm[size]);
  return pen.finish();
}
