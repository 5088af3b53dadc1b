// The frame for other apps: the city and the first ranks, in the reader's light or dark, at any width.
import type { Campaign } from '../../core/campaign.ts';
import { formatCount, formatMoment, formatRate } from '../../core/vietnamese.ts';
import type { Board, BoardGroup } from './board.ts';
import { bar, boardTitle, notices, nothingYet, placesGained, rankText, resultOf, unitName, watermark } from './board-parts.ts';
import { html, type Html } from './html.ts';
import { styleOf, type Page } from './page.ts';

const style = styleOf('embed.css');

/** As many as a small frame shows; the whole list is one tap away. */
const shownRows = 10;

function section(group: BoardGroup, board: Board): Html {
  const best = group.rows[0];
  return html`<section>
    <h2>${group.title}</h2>
    <div class="sheet">
      <table>
        <tbody>
          ${group.rows.slice(0, shownRows).map((row) => {
            const { text, share } = resultOf(row, board.snapshot, best);
            return html`<tr>
              <td class="rank">${rankText(row)}</td>
              <th scope="row">${unitName(row.of)} ${placesGained(row)}</th>
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

function content(board: Board): Html {
  const { count, base, rate } = board.city;
  return html`<p class="city">
      <b>${rate === undefined ? formatCount(count) : formatRate(rate)}</b> toàn thành
      phố${rate === undefined ? '' : ` · ${formatCount(count)} trên ${formatCount(base)}`}
    </p>
    <div class="groups">${board.groups.map((group) => section(group, board))}</div>`;
}

export function embedPage(campaign: Campaign, board: Board | undefined): Page {
  const shown = board && board.age !== 'gone' ? board : undefined;
  return {
    title: boardTitle,
    description: `${boardTitle}. ${campaign.name.vi}.`,
    style,
    refreshSeconds: 300,
    body: html`<body class="${shown?.age ?? 'fresh'}">
      <header>
        <h1>${boardTitle}</h1>
        ${board ? notices(campaign, board) : campaign.trial && html`<p class="chip">Chiến dịch mẫu</p>`}
      </header>
      ${shown ? content(shown) : nothingYet('Đang chờ kỳ số liệu mới.')}
      <footer>
        ${shown && html`<p>${shown.snapshot.measure.name.vi} · mẫu số: ${shown.snapshot.denominator.name.vi} · nguồn: ${shown.snapshot.source.vi} · chốt ${formatMoment(shown.snapshot.cutOff, campaign.zone)}</p>`}
        <p><a href="/scoreboard" target="_blank" rel="noopener">Xem toàn bộ bảng kết quả</a></p>
      </footer>
    </body>`,
  };
}
