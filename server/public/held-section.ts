// What of a snapshot was held for a second person: each figure with the published one, both reasons, both instants. No names: who acted is in the audit log.
import type { Campaign } from '../../core/campaign.ts';
import { holdWords } from '../../core/holds.ts';
import { fullName, type Unit } from '../../core/units.ts';
import { formatMoment, sentenceCase } from '../../core/vietnamese.ts';
import type { HeldImport } from '../scoreboard/hold-store.ts';
import type { Voice } from './board-words.ts';
import { html, type Html } from './html.ts';

export function heldSection(held: HeldImport, units: readonly Unit[], { zone }: Campaign, { words, language }: Voice): Html {
  const names = new Map(units.map((unit) => [unit.code, sentenceCase(fullName(unit))]));
  const moment = (instant: number) => formatMoment(instant, zone, language);
  const { holds, reason, askedAt, settled } = held;
  return html`<section>
    <h2>${words.held}</h2>
    <p class="lead">${words.heldLead}</p>
    <ul class="changes">
      ${holds.map(
        (hold) =>
          html`<li>
            <b>${names.get(hold.unit) ?? hold.unit}</b>
            <p class="why">${holdWords(hold, zone)[language]}</p>
          </li>`,
      )}
      ${holds.length === 0 && html`<li>${words.heldNone}</li>`}
      <li>
        <b>${words.heldWhy}</b> ${reason}
        <p class="why">${words.heldAsked(moment(askedAt))}</p>
      </li>
      ${
        settled !== null &&
        html`<li>
          <b>${words.heldAnswer}</b> ${settled.reason}
          <p class="why">${words.heldReleased(moment(settled.at))}</p>
        </li>`
      }
    </ul>
  </section>`;
}
