// Published snapshots as a list: number, cut-off, what it came to, what became of it and why.
import type { Campaign } from '../../core/campaign.ts';
import { standings } from '../../core/scoreboard.ts';
import { formatCount, formatMoment, formatRate } from '../../core/vietnamese.ts';
import type { PublishedSnapshot } from '../scoreboard/snapshot-history.ts';
import type { Voice } from './board-words.ts';
import { html, type Html } from './html.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';

function outcome({ snapshot, replacedBy }: PublishedSnapshot, inForce: boolean, { words }: Voice): Html {
  if (replacedBy) return html`<span class="state changed">${words.replacedBy(replacedBy.how, replacedBy.number)}</span>`;
  if (inForce && snapshot.rows.length > 0) return html`<span class="state now">${words.inForce}</span>`;
  return html`<span class="state">${inForce ? words.noFigures : words.past}</span>`;
}

function result({ snapshot }: PublishedSnapshot, { words, language }: Voice): string {
  if (snapshot.rows.length === 0) return words.noFigures;
  const { count, rate } = standings(snapshot).totals;
  return rate === undefined ? formatCount(count, language) : `${formatRate(rate, language)} · ${formatCount(count, language)}`;
}

export interface HistoryOf {
  readonly campaign: Campaign;
  readonly list: readonly PublishedSnapshot[];
  /** Number of the snapshot in force. */
  readonly inForce: number | undefined;
}

export function historyList({ campaign, list, inForce }: HistoryOf, voice: Voice): Html {
  const { words, language } = voice;
  return html`<ol class="history">
    ${list.map((published) => {
      const { number, cutOff, replaces } = published.snapshot;
      return html`<li>
        <a href="${inLanguageOf(pagePaths.snapshot(number), language)}">${words.snapshotTitle(number)}</a>
        <span class="when">${words.cutOff} ${formatMoment(cutOff, campaign.zone, language)}</span>
        <span class="result">${result(published, voice)}</span>
        ${published.snapshot.final && html`<span class="state final">${words.final}</span>`} ${outcome(published, number === inForce, voice)}
        ${published.heldFigures > 0 && html`<p class="why">${words.heldMark(published.heldFigures)}</p>`}
        ${replaces && html`<p class="why"><b>${words.replaces(replaces.how, replaces.number)}.</b> ${words.reason} ${published.reason}</p>`}
      </li>`;
    })}
  </ol>`;
}
