// The star and rings of the Đông Sơn drum, drawn by numbers.
import { html, type Html } from './html.ts';

const rays = 14;
const round = (value: number) => Math.round(value * 10) / 10;
const at = (radius: number, turn: number) => `${round(Math.sin(turn * 2 * Math.PI) * radius)} ${round(-Math.cos(turn * 2 * Math.PI) * radius)}`;

const star = Array.from({ length: rays * 2 }, (_, index) => at(index % 2 === 0 ? 74 : 26, index / (rays * 2))).join('L');
const zigzag = Array.from({ length: 112 }, (_, index) => at(index % 2 === 0 ? 118 : 128, index / 112)).join('L');
const dots = Array.from({ length: 56 }, (_, index) => at(140, index / 56).split(' '));

/** The lines alone, around the origin, 200 units in each direction. */
export const drumLines: Html = html`<path d="M${star}Z" fill="currentColor" stroke="none" />
  ${[84, 92, 112, 134, 146, 158, 178, 194].map((radius) => html`<circle r="${radius}" />`)}
  <path d="M${zigzag}Z" />
  ${dots.map(([x = '', y = '']) => html`<circle cx="${x}" cy="${y}" r="2.2" fill="currentColor" stroke="none" />`)}
  ${Array.from({ length: 28 }, (_, index) => html`<circle cx="${round(Math.sin((index / 28) * 2 * Math.PI) * 168)}" cy="${round(-Math.cos((index / 28) * 2 * Math.PI) * 168)}" r="6" />`)}`;

/** A cropped ornament in the colour of the text around it. */
export const drum: Html = html`<div class="crest">
  <svg class="drum" viewBox="-200 -200 400 400" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5">${drumLines}</svg>
</div>`;
