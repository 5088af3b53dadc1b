// The public page of the scoreboard: server-rendered, no script, no cookie.
import type { Campaign } from '../../core/campaign.ts';
import type { Unit } from '../../core/units.ts';
import { formatCount, formatLocalDate, formatPoints, formatRate } from '../../core/vietnamese.ts';
import type { Board, BoardGroup, BoardRow } from './board.ts';
import { bar, boardTitle, growth, notices, nothingYet, placesGained, provenance, rankText, resultOf, unitName, watermark } from './board-parts.ts';
import { drum } from './drum.ts';
import { html, type Html } from './html.ts';
import { styleOf, type Page } from './page.ts';

const style = styleOf('scoreboard.css');

function leaders({ rows }: BoardGroup, board: Board): Html {
  const top = rows.filter(({ rank }) => rank !== undefined && rank <= 3).slice(0, 3);
  return html`<ol class="leaders">
    ${top.map(
      (row) =>
        html`<li class="place-${row.rank ?? 0}">
          <span class="rank">${rankText(row)}</span>
          <span class="name">${unitName(row.of)}</span>
          <span class="result">${resultOf(row, board.snapshot, rows[0]).text}</span>
        </li>`,
    )}
  </ol>`;
}

function risers({ risers: rows }: BoardGroup, board: Board): Html | undefined {
  if (rows.length === 0) return undefined;
  return html`<aside class="risers">
    <h3>Tăng nhiều nhất so với kỳ trước</h3>
    <ol>
      ${rows.slice(0, 3).map((row) => html`<li><span>${unitName(row.of)}</span> <b>${row.change?.rate === undefined || board.snapshot.rankBy === 'count' ? `+${formatCount(row.change?.count ?? 0)}` : formatPoints(row.change.rate)}</b></li>`)}
    </ol>
  </aside>`;
}

function tableRow(row: BoardRow, best: BoardRow | undefined, board: Board): Html {
  const { text, share } = resultOf(row, board.snapshot, best);
  return html`<tr>
    <td class="rank">${rankText(row)}</td>
    <th scope="row">${unitName(row.of)} ${placesGained(row)}</th>
    <td class="share">${bar(share)}</td>
    <td class="rate">${text}</td>
    <td class="number"><span class="label">Lũy kế </span>${formatCount(row.count)}</td>
    <td class="number base">${row.base === null ? '–' : formatCount(row.base)}</td>
    ${board.compared && html`<td class="number growth"><span class="label">So với kỳ trước </span>${growth(row, board.snapshot)}</td>`}
  </tr>`;
}

function withoutFigures(units: readonly Unit[]): Html | undefined {
  if (units.length === 0) return undefined;
  return html`<p class="without"><b>Chưa có số liệu:</b> ${units.map(unitName).join(', ')}.</p>`;
}

function section(group: BoardGroup, board: Board): Html {
  return html`<section>
    <h2>${group.title}</h2>
    <div class="top">${leaders(group, board)} ${risers(group, board)}</div>
    <div class="sheet">
      <table>
        <thead>
          <tr>
            <th scope="col" class="rank">Hạng</th>
            <th scope="col">Đơn vị</th>
            <th scope="col" colspan="2" class="rate">${board.snapshot.rankBy === 'count' ? 'Kết quả' : 'Tỷ lệ'}</th>
            <th scope="col" class="number">Lũy kế</th>
            <th scope="col" class="number base">Mẫu số</th>
            ${board.compared && html`<th scope="col" class="number growth">So với kỳ trước</th>`}
          </tr>
        </thead>
        <tbody>
          ${group.rows.map((row) => tableRow(row, group.rows[0], board))}
        </tbody>
      </table>
      ${watermark(board.snapshot)}
    </div>
    ${withoutFigures(group.without)}
  </section>`;
}

function city({ city: totals }: Board): Html | undefined {
  if (totals.rate === undefined) return html`<p class="city"><b>${formatCount(totals.count)}</b> <span>toàn thành phố</span></p>`;
  return html`<div class="city">
    <p><b>${formatRate(totals.rate)}</b> <span>toàn thành phố</span></p>
    ${bar(totals.rate)}
    <p class="of">
      ${formatCount(totals.count)} trên ${formatCount(totals.base)}${totals.target === undefined ? '' : ` · chỉ tiêu ${formatCount(totals.target)}`}
    </p>
  </div>`;
}

function content(board: Board | undefined): Html {
  if (!board) return nothingYet('Chưa có kỳ số liệu nào. Trang tự cập nhật khi có số liệu.');
  if (board.age === 'gone') return nothingYet('Số liệu của kỳ trước đã quá cũ nên không hiển thị nữa. Trang tự cập nhật khi có kỳ mới.');
  return html`${city(board)} ${board.groups.map((group) => section(group, board))}`;
}

export function scoreboardPage(campaign: Campaign, board: Board | undefined): Page {
  const { startDate, endDate } = campaign.period;
  const shown = board && board.age !== 'gone' ? board : undefined;
  return {
    title: `${boardTitle} · ${campaign.name.vi}`,
    description: `${boardTitle}: hạng, tỷ lệ và mức tăng của từng đơn vị. ${campaign.name.vi}.`,
    style,
    refreshSeconds: 300,
    body: html`<body class="${board?.age ?? 'fresh'}">
      <header>
        ${drum}
        <div class="chips">${board ? notices(campaign, board) : campaign.trial && html`<p class="chip">Chiến dịch mẫu</p>`}</div>
        <h1>${boardTitle}</h1>
        <p class="campaign">
          ${campaign.name.vi} <span class="dot">·</span> <span class="keep">${formatLocalDate(startDate)} – ${formatLocalDate(endDate)}</span>
        </p>
        ${shown && provenance(campaign, shown.snapshot)}
      </header>
      <main>${content(board)}</main>
      <footer>
        <p>${campaign.speaker.vi} · Kế hoạch ${campaign.plan}</p>
        <p>Thứ hạng tính từ số liệu của nguồn nêu trên; đơn vị có kết quả bằng nhau được xếp đồng hạng.</p>
      </footer>
    </body>`,
  };
}
