// The map of the units on the public page: paths without script in the colours of their classes, each with its name and result, and a legend that counts them.
import { cityMapOf } from '../../core/map/city-map.ts';
import { classText, mapCaption, mapScale } from '../../core/map/map-classes.ts';
import type { Board, BoardRow } from './board.ts';
import { resultOf, unitName, watermark } from './board-parts.ts';
import type { Voice } from './board-words.ts';
import { html, type Html } from './html.ts';

/** Nothing where the tree has no shapes. */
export function mapSection({ snapshot, groups }: Pick<Board, 'snapshot' | 'groups'>, voice: Voice): Html | undefined {
  const { words, language } = voice;
  const map = cityMapOf(snapshot.tree);
  if (!map) return undefined;
  const scale = mapScale(snapshot);
  const rows = new Map(groups.flatMap((group) => group.rows).map((row) => [row.unit, row]));
  const names = new Map(groups.flatMap((group) => group.without).map((unit) => [unit.code, unitName(unit)]));
  const said = (code: string, row: BoardRow | undefined) =>
    row ? `${unitName(row.of)}: ${resultOf(row, snapshot, undefined, voice).text}` : `${names.get(code) ?? code}: ${words.noFigure}`;
  const units = Object.entries(map.units).map(([code, { path }]) => {
    const row = rows.get(code);
    return { index: row && scale.classOf(row), drawn: html`<path d="${path}"><title>${said(code, row)}</title></path>` };
  });
  const classes: { index?: number; name: string; text: string }[] = scale.classes.map((each, index) => ({
    index,
    name: `shade-${each.shade}`,
    text: classText(each, scale.rankBy, language),
  }));
  const held = [{ name: 'none', text: words.noFigure }, ...classes]
    .map((each) => ({ ...each, units: units.filter(({ index }) => index === each.index).map(({ drawn }) => drawn) }))
    .filter((each) => each.units.length > 0 || each.index !== undefined)
    .toReversed();
  return html`<section>
    <h2>${words.map}</h2>
    <figure class="map">
      <svg viewBox="-4 -4 ${map.width + 8} ${map.height + 8}" role="img" aria-label="${words.map}">
        <pattern id="none" width="18" height="18" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M4 0V18" /></pattern>
        ${held.map((each) => html`<g class="${each.name}">${each.units}</g>`)}
      </svg>
      <figcaption>
        <ul>
          ${held.map((each) => html`<li><i class="${each.name}"></i><span>${each.text}</span> <b>${words.units(each.units.length)}</b></li>`)}
        </ul>
        <p>${mapCaption[language]}.</p>
      </figcaption>
      ${watermark(snapshot)}
    </figure>
  </section>`;
}
