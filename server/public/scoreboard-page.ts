// The public page of the scoreboard: what is in force, and everything that was published before.
import type { Campaign } from '../../core/campaign.ts';
import { inLanguage } from '../../core/primitives.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import type { EarlierContest } from '../campaigns/earlier-campaigns.ts';
import type { PublishedSnapshot } from '../scoreboard/snapshot-history.ts';
import type { Board } from './board.ts';
import { framed } from './board-frame.ts';
import { finalBanner, nothingYet, provenance } from './board-parts.ts';
import { cityFigures, groupSection } from './board-sections.ts';
import type { Voice } from './board-words.ts';
import { historyList } from './history-list.ts';
import { html, type Html } from './html.ts';
import { mapSection } from './map-section.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';
import type { Page } from './page.ts';

function figures(board: Board | undefined, voice: Voice): Html {
  const { words } = voice;
  if (!board) return nothingYet(words.nothing);
  if (board.snapshot.rows.length === 0) return nothingYet(words.withdrawnNothing);
  if (board.age === 'gone') return nothingYet(words.gone);
  const { snapshot } = board;
  const page = html`<p><a href="${inLanguageOf(pagePaths.snapshot(snapshot.number), voice.language)}">${words.finalPage(snapshot.number)}</a></p>`;
  return html`${finalBanner(snapshot, voice, page)} ${cityFigures(board, voice)} ${mapSection(board, voice)}
  ${board.groups.map((group) => groupSection(group, board, voice))}`;
}

function history(campaign: Campaign, list: readonly PublishedSnapshot[], voice: Voice): Html | undefined {
  const { words, language } = voice;
  if (list.length === 0) return undefined;
  return html`<section>
    <h2>${words.history}</h2>
    <p class="lead">${words.historyLead}</p>
    ${historyList({ campaign, list, inForce: list[0]?.snapshot.number }, voice)}
    <p class="more"><a href="${inLanguageOf(pagePaths.history, language)}">${words.allHistory}</a></p>
  </section>`;
}

/** Where a contest of real figures went before this one. */
function earlierContests(list: readonly EarlierContest[], { words, language }: Voice): Html | undefined {
  const shown = list.flatMap(({ campaign, latest }) => (campaign.trial || latest === undefined ? [] : [{ campaign, latest }]));
  if (shown.length === 0) return undefined;
  return html`<section>
    <h2>${words.earlierContests}</h2>
    <ol class="history">
      ${shown.map(
        ({ campaign: { id, name, period, closedOn }, latest }) =>
          html`<li>
            <a href="${inLanguageOf(pagePaths.snapshot(latest), language)}">${inLanguage(name, language)}</a>
            <span class="when">${formatLocalDate(period.startDate)} – ${formatLocalDate(period.endDate)}</span>
            ${closedOn !== undefined && html`<span class="state final">${words.final}</span>`}
            <a href="${inLanguageOf(pagePaths.historyOf(id), language)}">${words.allHistory}</a>
          </li>`,
      )}
    </ol>
  </section>`;
}

export interface BoardPage {
  readonly campaign: Campaign;
  readonly board: Board | undefined;
  /** The latest published, for the list below. */
  readonly list: readonly PublishedSnapshot[];
  readonly earlier: readonly EarlierContest[];
}

/** Whether figures can be shown: there are some, and they are not too old. */
export const isShown = (board: Board | undefined): board is Board => board !== undefined && board.age !== 'gone' && board.snapshot.rows.length > 0;

export function scoreboardPage({ campaign, board, list, earlier }: BoardPage, voice: Voice): Page {
  const { words } = voice;
  return framed({
    ...{ campaign, voice, path: pagePaths.board, title: words.title, description: `${words.title}: ${words.about}` },
    ...{ chips: board, age: board?.age, refreshSeconds: 300 },
    lead: isShown(board) ? provenance(campaign, board.snapshot, voice) : undefined,
    main: html`<div class="figures">${figures(board, voice)}</div>
      ${history(campaign, list, voice)} ${earlierContests(earlier, voice)}`,
  });
}

export interface HistoryPage {
  readonly campaign: Campaign;
  readonly list: readonly PublishedSnapshot[];
  readonly inForce: number | undefined;
  /** Whether there are earlier ones than these. */
  readonly more: boolean;
}

export function historyPage({ campaign, list, inForce, more }: HistoryPage, voice: Voice): Page {
  const { words, language } = voice;
  const last = list.at(-1)?.snapshot.number;
  return framed({
    ...{ campaign, voice, path: pagePaths.history, title: words.history, description: words.historyLead },
    main: html`<p class="lead">${words.historyLead}</p>
      ${list.length === 0 ? nothingYet(words.nothing) : historyList({ campaign, list, inForce }, voice)}
      ${more && last !== undefined && html`<p class="more"><a href="${inLanguageOf(pagePaths.historyOf(campaign.id, last), language)}">${words.olderHistory}</a></p>`}`,
  });
}
