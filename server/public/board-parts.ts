// Pieces that the public pages and the frame for other apps share.
import type { Campaign } from '../../core/campaign.ts';
import { inLanguage } from '../../core/primitives.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { fullName, isCityTree, type Unit } from '../../core/units.ts';
import { formatCount, formatLocalDate, formatMoment, formatPoints, formatRate, sentenceCase } from '../../core/vietnamese.ts';
import type { Board, BoardRow } from './board.ts';
import type { Voice } from './board-words.ts';
import { html, type Html } from './html.ts';

export const sampleWords = 'SỐ LIỆU MINH HỌA';

export const unitName = (unit: Unit) => sentenceCase(fullName(unit));

/** The same for a narrow place: its name is never broken over lines. */
export const keptName = ({ kind, name }: Unit) => html`${sentenceCase(kind)} <span class="keep">${name}</span>`;

/** The base of a figure with its source and date. */
export function denominatorText({ denominator: { name, source, asOf } }: Snapshot, { language }: Voice): string {
  return `${sentenceCase(inLanguage(name, language))} (${source}, ${formatLocalDate(asOf)})`;
}

/** Measure, denominator, source and cut-off: without them a figure says nothing. */
export function provenance({ zone }: Campaign, snapshot: Snapshot, voice: Voice): Html {
  const { words, language } = voice;
  return html`<dl class="provenance">
    <div>
      <dt>${words.measure}</dt>
      <dd>${inLanguage(snapshot.measure.name, language)}</dd>
    </div>
    <div>
      <dt>${words.denominator}</dt>
      <dd>${denominatorText(snapshot, voice)}</dd>
    </div>
    <div>
      <dt>${words.source}</dt>
      <dd>${sentenceCase(inLanguage(snapshot.source, language))}</dd>
    </div>
    <div>
      <dt>${words.cutOff}</dt>
      <dd>${formatMoment(snapshot.cutOff, zone, language)} · ${words.number(snapshot.number)}</dd>
    </div>
  </dl>`;
}

/** The words across the rows of made-up figures: a photo crops a corner chip, not these. */
export function watermark({ sample }: Snapshot): Html | undefined {
  if (!sample) return undefined;
  return html`<svg class="watermark" aria-hidden="true">
    <defs>
      <pattern id="mark" width="460" height="230" patternUnits="userSpaceOnUse" patternTransform="rotate(-16)">
        <text x="10" y="130">${sampleWords}</text>
      </pattern>
    </defs>
    <rect width="100%" height="100%" fill="url(#mark)" />
  </svg>`;
}

/** A bar by attributes only, so that the page needs no style of its own for each row. */
export function bar(share: number): Html {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1_000) / 10;
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" />
    <rect class="fill" width="${width}" height="6" />
  </svg>`;
}

/** A row's result in the campaign's own terms, and its share of the best for the bar. */
export function resultOf(row: BoardRow, { rankBy }: Snapshot, best: BoardRow | undefined, { words, language }: Voice): { text: string; share: number } {
  if (rankBy === 'count') return { text: formatCount(row.count, language), share: best && best.count > 0 ? row.count / best.count : 0 };
  return { text: row.rate === undefined ? words.noBase : formatRate(row.rate, language), share: row.rate ?? 0 };
}

/** Places gained are shown, places lost are not: the public page praises. */
export function placesGained({ change }: BoardRow, { words }: Voice): Html | undefined {
  const places = change?.places ?? 0;
  if (places <= 0) return undefined;
  return html`<span class="gain"
    ><svg viewBox="0 0 10 8" aria-hidden="true"><path d="M5 0 10 8H0z" /></svg><span class="hidden">${words.up}</span>${places}<span class="hidden"
      >${words.places(places)}</span
    ></span
  >`;
}

export function growth({ change }: BoardRow, { rankBy }: Snapshot, { language }: Voice): Html {
  if (!change) return html`–`;
  if (change.count === 0) return html`0`;
  const count = `${change.count > 0 ? '+' : ''}${formatCount(change.count, language)}`;
  return rankBy === 'count' || change.rate === undefined ? html`${count}` : html`${count} <span class="keep">(${formatPoints(change.rate, language)})</span>`;
}

export function rankText({ rank, tied }: BoardRow, { words }: Voice): Html {
  if (rank === undefined) return html`<span title="${words.unranked}">–</span>`;
  return tied ? html`<span title="${words.tied(rank)}">${rank}<span class="hidden">${words.tiedShort}</span></span>` : html`${rank}`;
}

export function notices(campaign: Campaign, board: Pick<Board, 'snapshot' | 'age'> | undefined, { words }: Voice): Html[] {
  const list: Html[] = [];
  if (campaign.trial) list.push(html`<p class="chip">${words.sampleCampaign}</p>`);
  if (board?.snapshot.sample) list.push(html`<p class="chip">${words.sample}</p>`);
  if (board?.snapshot.final) list.push(html`<p class="chip final">${words.final}</p>`);
  if (board?.age === 'grey') list.push(html`<p class="chip old">${words.old}</p>`);
  return list;
}

/** That a result is final, and on which document. */
export function finalBanner({ final, basis }: Snapshot, { words }: Voice, more?: Html): Html | undefined {
  if (!final) return undefined;
  return html`<section class="final-result">
    <h2>${words.final}</h2>
    <p>${words.finalLead}</p>
    ${basis !== undefined && html`<p><b>${words.basis}:</b> ${basis}</p>`} ${more}
  </section>`;
}

/** What stands where there are no figures to show. */
export function nothingYet(text: string): Html {
  return html`<p class="nothing">${text}</p>`;
}

/** What the sum of all units is called: the whole city only where the units make one. */
export const wholeText = ({ tree }: Pick<Snapshot, 'tree'>, { words }: Voice): string => (isCityTree(tree) ? words.wholeCity : words.allUnits);
