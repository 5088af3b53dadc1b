// A picture of a snapshot to share, 1080 x 1350: the city, the leaders of each group, and what the figures are, from where and as of when.
import sharp from 'sharp';
import type { Campaign } from '../../../core/campaign.ts';
import { inLanguage } from '../../../core/primitives.ts';
import { formatCount, formatMoment, formatRate, sentenceCase } from '../../../core/vietnamese.ts';
import type { PublishedSnapshot } from '../../scoreboard/snapshot-history.ts';
import { denominatorText, resultOf, sampleWords, unitName, wholeText } from '../board-parts.ts';
import type { Voice } from '../board-words.ts';
import type { Board, BoardGroup } from '../board.ts';
import { drumLines } from '../drum.ts';
import { html, type Html } from '../html.ts';
import { figures, figuresWidth, linesOf, loadFonts, words as letters, wordsWidth } from './card-letters.ts';

export const cardPx = { width: 1080, height: 1350 };
const left = 72;
const right = cardPx.width - left;
const room = right - left;
const [ivory, gold, mist, deep] = ['#fff4df', '#ffc845', '#e7c9b5', '#3c080d'];

export interface CardOf {
  readonly campaign: Campaign;
  readonly board: Board;
  readonly published: Pick<PublishedSnapshot, 'snapshot' | 'replacedBy'>;
}

/** What has to be known before anything else: made-up, replaced, final. */
function chips({ campaign, board: { snapshot }, published: { replacedBy } }: CardOf, { words }: Voice): Html[] {
  const texts = [
    snapshot.sample && words.sample,
    campaign.trial && words.sampleCampaign,
    replacedBy && words.replacedBy(replacedBy.how, replacedBy.number),
    snapshot.final && words.final,
  ];
  let x = left;
  return texts.flatMap((text) => {
    if (text === undefined || text === false) return [];
    const width = wordsWidth(text, 25) + 40;
    const chip = html`<rect
        x="${x}"
        y="56"
        width="${width}"
        height="48"
        rx="24"
        fill="${gold}"
      />${letters(text, { x: x + 20, y: 89, size: 25, color: deep })}`;
    x += width + 14;
    return [chip];
  });
}

/** From the top of a group's name to its first row: nearer than the group before. */
const headingPx = 42;

function leaders(group: BoardGroup, { snapshot }: Board, voice: Voice, top: number, step: number, most: number, isNamed: boolean): Html {
  const shown = group.rows.filter(({ rank }) => rank !== undefined).slice(0, most);
  const first = isNamed ? top + headingPx : top;
  return html`${isNamed && letters(group.title, { x: left, y: top + 26, size: 28, color: gold })}
  ${shown.map((row, index) => {
    const y = first + index * step;
    const baseline = y + step * 0.52;
    const { text, share } = resultOf(row, snapshot, group.rows[0], voice);
    const size = step * 0.42;
    const name = { x: left + 84, y: baseline, size, color: ivory, room: room - 84 - figuresWidth(text, size) - 30 };
    return html`${figures(String(row.rank), { x: left + 54, y: baseline, size, color: row.rank === 1 ? gold : mist })} ${letters(unitName(row.of), name)}
      ${figures(text, { x: right, y: baseline, size, color: ivory })}
      <rect x="${left + 84}" y="${y + step * 0.7}" width="${room - 84}" height="8" rx="4" fill="#ffffff" fill-opacity="0.14" />
      <rect x="${left + 84}" y="${y + step * 0.7}" width="${Math.max(8, Math.min(1, share) * (room - 84))}" height="8" rx="4" fill="${gold}" />`;
  })}`;
}

/** Across the rows, because a photo crops what stands in a corner. */
function watermark(): Html {
  const lines = [640, 840, 1040].map(
    (y) =>
      html`<text
        x="540"
        y="${y}"
        text-anchor="middle"
        transform="rotate(-18 540 ${y})"
        font-family="Be Vietnam Pro"
        font-size="78"
        font-weight="800"
        fill="#ffffff"
        fill-opacity="0.13"
        >${sampleWords}</text
      >`,
  );
  return html`${lines}`;
}

/** Measure, denominator, source and cut-off in small lines, from the bottom up. */
function provenance({ campaign, board: { snapshot } }: CardOf, { words, language }: Voice, denominator: string): { markup: Html; top: number } {
  const size = 23;
  const facts = [
    `${words.measure}: ${inLanguage(snapshot.measure.name, language)}`,
    `${words.denominator}: ${denominator}`,
    `${words.source}: ${sentenceCase(inLanguage(snapshot.source, language))}`,
    `${words.cutOff}: ${formatMoment(snapshot.cutOff, campaign.zone, language)} · ${words.number(snapshot.number)}`,
    `${inLanguage(campaign.speaker, language)} · ${words.plan(campaign.plan)}`,
  ];
  const lines = facts.flatMap((fact) => linesOf(fact, size, room));
  const top = cardPx.height - 56 - (lines.length - 1) * 32;
  return { top: top - 44, markup: html`${lines.map((line, index) => letters(line, { x: left, y: top + index * 32, size, color: mist }))}` };
}

function svgOf(card: CardOf, voice: Voice): string {
  const { campaign, board } = card;
  const { snapshot, city, groups } = board;
  const { words, language } = voice;
  const rate = snapshot.rankBy === 'rate' ? city.rate : undefined;
  const big = rate === undefined ? formatCount(city.count, language) : formatRate(rate, language);
  const bigSize = Math.min(152, 480 / wordsWidth(big, 1, 800));
  const bigWidth = wordsWidth(big, bigSize, 800);
  const ofBase =
    rate !== undefined ? words.of(formatCount(city.count, language), formatCount(city.base, language)) : inLanguage(snapshot.measure.name, language);
  const foot = provenance(card, voice, denominatorText(snapshot, voice));
  const shown = groups.slice(0, 2);
  const isSplit = shown.length > 1;
  const top = 520;
  const height = foot.top - 40 - top;
  const most = isSplit ? 3 : 5;
  const step = Math.min(112, (height / shown.length - (isSplit ? headingPx + 24 : 0)) / most);
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${cardPx.width}" height="${cardPx.height}">
    <defs>
      <linearGradient id="ground" x1="0" y1="0" x2="0.3" y2="1">
        <stop offset="0" stop-color="#6b1019" />
        <stop offset="1" stop-color="${deep}" />
      </linearGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#ground)" />
    <g transform="translate(930 330) scale(2.1)" fill="none" stroke="${gold}" stroke-width="1.5" color="${gold}" opacity="0.13">${drumLines}</g>
    ${chips(card, voice)} ${letters(words.title, { x: left, y: 178, size: 58, weight: 800, color: ivory, room })}
    ${letters(inLanguage(campaign.name, language), { x: left, y: 226, size: 29, color: mist, room })}
    ${letters(sentenceCase(wholeText(snapshot, voice)), { x: left, y: 306, size: 29, color: gold })}
    ${letters(big, { x: left, y: 440, size: bigSize, weight: 800, color: gold })}
    ${letters(ofBase, { x: left + bigWidth + 34, y: 440, size: 34, color: ivory, room: room - bigWidth - 34 })}
    ${shown.map((group, index) => leaders(group, board, voice, top + index * (height / shown.length), step, most, isSplit))} ${snapshot.sample && watermark()}
    <rect x="${left}" y="${foot.top}" width="${room}" height="2" fill="${gold}" fill-opacity="0.5" />
    ${foot.markup}
  </svg>`.markup;
}

export async function drawCard(card: CardOf, voice: Voice): Promise<Buffer> {
  await loadFonts();
  return sharp(Buffer.from(svgOf(card, voice)))
    .png({ compressionLevel: 9, palette: false })
    .toBuffer();
}
