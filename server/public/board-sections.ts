// The figures themselves: the city, and for each group of units its leaders, its risers and every row.
import type { Unit } from '../../core/units.ts';
import { formatCount, formatPoints, formatRate } from '../../core/vietnamese.ts';
import type { Board, BoardGroup, BoardRow } from './board.ts';
import { bar, growth, keptName, placesGained, rankText, resultOf, unitName, watermark, wholeText } from './board-parts.ts';
import type { Voice } from './board-words.ts';
import { html, type Html } from './html.ts';

function leaders({ rows }: BoardGroup, board: Board, voice: Voice): Html {
  const top = rows.filter(({ rank }) => rank !== undefined && rank <= 3).slice(0, 3);
  return html`<ol class="leaders">
    ${top.map(
      (row) =>
        html`<li class="place-${row.rank ?? 0}">
          <span class="rank">${rankText(row, voice)}</span>
          <span class="name">${keptName(row.of)}</span>
          <span class="result">${resultOf(row, board.snapshot, rows[0], voice).text}</span>
        </li>`,
    )}
  </ol>`;
}

function risers({ risers: rows }: BoardGroup, board: Board, { words, language }: Voice): Html | undefined {
  if (rows.length === 0) return undefined;
  const gain = ({ change }: BoardRow) =>
    change?.rate === undefined || board.snapshot.rankBy === 'count' ? `+${formatCount(change?.count ?? 0, language)}` : formatPoints(change.rate, language);
  return html`<aside class="risers">
    <h3>${words.risers}</h3>
    <ol>
      ${rows.slice(0, 3).map((row) => html`<li><span>${keptName(row.of)}</span> <b>${gain(row)}</b></li>`)}
    </ol>
  </aside>`;
}

/** How much of its target a unit has reached, with the target itself for whoever points at it. */
function reachedText({ target, reached }: BoardRow, { words, language }: Voice): Html {
  if (target === undefined || reached === undefined) return html`–`;
  return html`<span title="${words.target(formatCount(target, language))}">${formatRate(reached, language)}</span>`;
}

function tableRow(row: BoardRow, best: BoardRow | undefined, board: Board, voice: Voice): Html {
  const { words, language } = voice;
  const { text, share } = resultOf(row, board.snapshot, best, voice);
  return html`<tr>
    <td class="rank">${rankText(row, voice)}</td>
    <th scope="row">${keptName(row.of)} ${placesGained(row, voice)}</th>
    <td class="share">${bar(share)}</td>
    <td class="rate">${text}</td>
    <td class="number"><span class="label">${words.count} </span>${formatCount(row.count, language)}</td>
    <td class="number base"><span class="label">${words.base} </span>${row.base === null ? '–' : formatCount(row.base, language)}</td>
    ${board.targeted && html`<td class="number goal"><span class="label">${words.reached} </span>${reachedText(row, voice)}</td>`}
    ${board.compared && html`<td class="number growth"><span class="label">${words.sinceBefore} </span>${growth(row, board.snapshot, voice)}</td>`}
  </tr>`;
}

function withoutFigures(units: readonly Unit[], { words }: Voice): Html | undefined {
  if (units.length === 0) return undefined;
  return html`<p class="without"><b>${words.without}</b> ${units.map(unitName).join(', ')}.</p>`;
}

export function groupSection(group: BoardGroup, board: Board, voice: Voice): Html {
  const { words } = voice;
  return html`<section>
    <h2>${group.title}</h2>
    <div class="top">${leaders(group, board, voice)} ${risers(group, board, voice)}</div>
    <div class="sheet">
      <table class="board">
        <thead>
          <tr>
            <th scope="col" class="rank">${words.rank}</th>
            <th scope="col">${words.unit}</th>
            <th scope="col" colspan="2" class="rate">${board.snapshot.rankBy === 'count' ? words.result : words.rate}</th>
            <th scope="col" class="number">${words.count}</th>
            <th scope="col" class="number base">${words.base}</th>
            ${board.targeted && html`<th scope="col" class="number goal">${words.reached}</th>`}
            ${board.compared && html`<th scope="col" class="number growth">${words.sinceBefore}</th>`}
          </tr>
        </thead>
        <tbody>
          ${group.rows.map((row) => tableRow(row, group.rows[0], board, voice))}
        </tbody>
      </table>
      ${watermark(board.snapshot)}
    </div>
    ${withoutFigures(group.without, voice)}
  </section>`;
}

export function cityFigures({ city: totals, snapshot }: Board, voice: Voice): Html {
  const { words, language } = voice;
  const whole = wholeText(snapshot, voice);
  const count = formatCount(totals.count, language);
  if (totals.rate === undefined)
    return html`<div class="city">
      <p><b>${count}</b> <span>${whole}</span></p>
    </div>`;
  return html`<div class="city">
    <p><b>${formatRate(totals.rate, language)}</b> <span>${whole}</span></p>
    ${bar(totals.rate)}
    <p class="of">
      ${words.of(count, formatCount(totals.base, language))}${totals.target === undefined ? '' : ` · ${words.target(formatCount(totals.target, language))}`}
    </p>
  </div>`;
}
