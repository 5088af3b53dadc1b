// The frame for other apps: the city and the first ranks, in the reader's light or dark, at any width.
import type { Campaign } from '../../core/campaign.ts';
import { inLanguage } from '../../core/primitives.ts';
import { formatCount, formatMoment, formatRate } from '../../core/vietnamese.ts';
import type { Board, BoardGroup } from './board.ts';
import { bar, keptName, notices, nothingYet, placesGained, rankText, resultOf, watermark, wholeText } from './board-parts.ts';
import type { Voice } from './board-words.ts';
import { html, type Html } from './html.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';
import { styleOf, type Page } from './page.ts';
import { isShown } from './scoreboard-page.ts';

const style = styleOf('embed.css');

/** As many as a small frame shows; the whole list is one tap away. */
const shownRows = 10;

function section(group: BoardGroup, board: Board, voice: Voice): Html {
  const best = group.rows[0];
  return html`<section>
    <h2>${group.title}</h2>
    <div class="sheet">
      <table>
        <tbody>
          ${group.rows.slice(0, shownRows).map((row) => {
            const { text, share } = resultOf(row, board.snapshot, best, voice);
            return html`<tr>
              <td class="rank">${rankText(row, voice)}</td>
              <th scope="row">${keptName(row.of)} ${placesGained(row, voice)}</th>
              <td class="share">${bar(share)}</td>
              <td class="rate">${text}</td>
            </tr>`;
          })}
        </tbody>
      </table>
      ${watermark(board.snapshot)}
    </div>
  </section>`;
}

function content(board: Board, voice: Voice): Html {
  const { words, language } = voice;
  const { count, base, rate } = board.city;
  const total = formatCount(count, language);
  return html`<p class="city">
      <b>${rate === undefined ? total : formatRate(rate, language)}</b>
      ${wholeText(board.snapshot, voice)} ${rate !== undefined && html`<span class="keep">(${words.of(total, formatCount(base, language))})</span>`}
    </p>
    <div class="groups">${board.groups.map((group) => section(group, board, voice))}</div>`;
}

/** Measure, denominator, source and cut-off in one line. */
function ground({ snapshot }: Board, { zone }: Campaign, { words, language }: Voice): Html {
  const said = [
    inLanguage(snapshot.measure.name, language),
    `${words.denominator.toLocaleLowerCase(language)}: ${inLanguage(snapshot.denominator.name, language)}`,
    `${words.source.toLocaleLowerCase(language)}: ${inLanguage(snapshot.source, language)}`,
    `${words.cutOff.toLocaleLowerCase(language)} ${formatMoment(snapshot.cutOff, zone, language)}`,
  ];
  return html`<p>${said.join(' · ')}</p>`;
}

export function embedPage(campaign: Campaign, board: Board | undefined, voice: Voice, theme?: Page['theme']): Page {
  const { words, language } = voice;
  const shown = isShown(board) ? board : undefined;
  return {
    title: words.title,
    description: `${words.title}. ${inLanguage(campaign.name, language)}.`,
    style,
    language,
    theme,
    refreshSeconds: 300,
    body: html`<body class="${shown?.age ?? 'fresh'}">
      <header>
        <h1>${words.title}</h1>
        ${notices(campaign, board, voice)}
      </header>
      ${shown ? content(shown, voice) : nothingYet(words.waiting)}
      <footer>
        ${shown && ground(shown, campaign, voice)}
        <p><a href="${inLanguageOf(pagePaths.board, language)}" target="_blank" rel="noopener">${words.whole}</a></p>
      </footer>
    </body>`,
  };
}
