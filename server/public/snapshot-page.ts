// The permanent page of one snapshot: what it says and on which ground, what became of it, and how to check that it is genuine.
import type { Campaign } from '../../core/campaign.ts';
import { inLanguage } from '../../core/primitives.ts';
import { formatMoment, sentenceCase } from '../../core/vietnamese.ts';
import { playerPaths } from '../../core/protocol.ts';
import type { Unit } from '../../core/units.ts';
import { sha256 } from '../keys/ed25519.ts';
import type { HeldImport } from '../scoreboard/hold-store.ts';
import type { PublishedSnapshot } from '../scoreboard/snapshot-history.ts';
import type { Board } from './board.ts';
import { framed } from './board-frame.ts';
import { denominatorText, finalBanner, nothingYet } from './board-parts.ts';
import { cityFigures, groupSection } from './board-sections.ts';
import type { Voice } from './board-words.ts';
import { heldSection } from './held-section.ts';
import { html, type Html } from './html.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';
import type { Page } from './page.ts';

export interface SnapshotPage {
  readonly campaign: Campaign;
  readonly published: PublishedSnapshot;
  /** Of one that was released by a second person. */
  readonly held: HeldImport | undefined;
  readonly units: readonly Unit[];
  readonly board: Board;
  readonly inForce: boolean;
  /** Whether another campaign has followed its own. */
  readonly isPast: boolean;
  /** Of the key that signed it: id, and raw public bytes in base64url. */
  readonly key: { readonly id: string; readonly publicKey: string } | undefined;
  readonly earlier: number | undefined;
  readonly later: number | undefined;
}

const fact = (name: string, value: string) =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

function definition({ campaign, published: { snapshot } }: SnapshotPage, voice: Voice): Html {
  const { words, language } = voice;
  const moment = (instant: number) => formatMoment(instant, campaign.zone, language);
  return html`<dl class="provenance">
    ${fact(words.measure, inLanguage(snapshot.measure.name, language))} ${fact(words.denominator, denominatorText(snapshot, voice))}
    ${fact(words.source, sentenceCase(inLanguage(snapshot.source, language)))} ${fact(words.cutOff, moment(snapshot.cutOff))}
    ${fact(words.issued, moment(snapshot.issuedAt))} ${snapshot.basis !== undefined && fact(words.basis, snapshot.basis)}
  </dl>`;
}

function standing({ published, inForce, isPast }: SnapshotPage, { words, language }: Voice): Html {
  const { replacedBy, snapshot } = published;
  const now = html`<a href="${inLanguageOf(pagePaths.board, language)}">${words.nowOn}</a>`;
  if (inForce && isPast) return html`<p class="standing">${words.ofEarlier} ${now}</p>`;
  if (inForce) return html`<p class="standing now">${words.inForce}</p>`;
  if (!replacedBy) return html`<p class="standing">${words.notInForce} ${now}</p>`;
  return html`<p class="standing changed">
    <a href="${inLanguageOf(pagePaths.snapshot(replacedBy.number), language)}"><b>${words.replacedBy(replacedBy.how, replacedBy.number)}</b></a
    >. ${snapshot.final && words.wasFinal} ${words.reason} ${replacedBy.reason} ${now}
  </p>`;
}

function changes({ campaign, published }: SnapshotPage, { words, language }: Voice): Html {
  const { snapshot, reason, replacedBy } = published;
  const { replaces } = snapshot;
  const moment = (instant: number) => formatMoment(instant, campaign.zone, language);
  const entry = (number: number, title: string, at: number, why: string) =>
    html`<li>
      <a href="${inLanguageOf(pagePaths.snapshot(number), language)}">${title}</a> <span class="when">${moment(at)}</span>
      <p class="why">${words.reason} ${why}</p>
    </li>`;
  if (!replaces && !replacedBy) return html`<p>${words.noChanges}</p>`;
  return html`<ul class="changes">
    ${replaces && entry(replaces.number, words.replaces(replaces.how, replaces.number), snapshot.issuedAt, reason)}
    ${replacedBy && entry(replacedBy.number, words.replacedBy(replacedBy.how, replacedBy.number), replacedBy.issuedAt, replacedBy.reason)}
  </ul>`;
}

function downloads({ published: { snapshot, sha256: hash } }: SnapshotPage, { words, language }: Voice): Html {
  const { number, rows } = snapshot;
  return html`<ul class="files">
    ${
      rows.length > 0 &&
      html`<li>
          <a href="${pagePaths.csv(number)}" download><b>${words.csv}</b></a> <span>${words.csvHint}</span>
        </li>
        <li>
          <a href="${inLanguageOf(pagePaths.card(number), language)}"><b>${words.card}</b></a> <span>${words.cardHint}</span>
        </li>`
    }
    <li>
      <a href="${playerPaths.snapshot(hash)}" download="ky-so-lieu-${number}.json"><b>${words.original}</b></a> <span>${words.originalHint}</span>
    </li>
  </ul>`;
}

/** SHA-256 of the raw public key, in groups that can be read out. */
const fingerprint = (publicKey: string) => sha256(Buffer.from(publicKey, 'base64url')).replace(/(.{4})(?=.)/g, '$1 ');

function check({ published: { snapshot, sha256: hash }, key }: SnapshotPage, { words }: Voice): Html {
  const { number } = snapshot;
  const file = (path: string, name: string, text: string) =>
    html`<li>
      <a href="${path}" download="${name}">${text}: <code>${name}</code></a>
    </li>`;
  const [bytes, signature, pem] = [`ky-${number}.bin`, `ky-${number}.sig`, 'khoa.pem'];
  return html`<p>${words.checkLead}</p>
    ${
      key &&
      html`<ol class="steps">
        <li>
          ${words.checkStep1}
          <ul>
            ${file(pagePaths.signedBytes(number), bytes, words.signedBytes)} ${file(pagePaths.signature(number, key.id), signature, words.signature)}
            ${file(pagePaths.key(key.id), pem, words.publicKey)}
          </ul>
        </li>
        <li>
          ${words.checkStep2}
          <pre><code>openssl pkeyutl -verify -pubin -inkey ${pem} -rawin -in ${bytes} -sigfile ${signature}</code></pre>
          ${words.checkStep3}
        </li>
        <li>${words.checkStep4} <code>${fingerprint(key.publicKey)}</code></li>
      </ol>`
    }
    <p class="hash">${words.hash}: <code>${hash}</code></p>`;
}

function neighbours({ campaign, earlier, later }: SnapshotPage, { words, language }: Voice): Html {
  const to = (number: number, text: string) => html`<a href="${inLanguageOf(pagePaths.snapshot(number), language)}">${text}: ${words.number(number)}</a>`;
  return html`<nav class="neighbours">
    ${earlier !== undefined && to(earlier, words.earlier)} <a href="${inLanguageOf(pagePaths.historyOf(campaign.id), language)}">${words.allHistory}</a>
    ${later !== undefined && to(later, words.later)}
  </nav>`;
}

export function snapshotPage(page: SnapshotPage, voice: Voice): Page {
  const { campaign, published, board, held, units, inForce } = page;
  const { snapshot } = published;
  const { words, language } = voice;
  return framed({
    ...{ campaign, voice, path: pagePaths.snapshot(snapshot.number), title: words.snapshotTitle(snapshot.number), chips: { snapshot, age: 'fresh' } },
    description: words.snapshotAbout(formatMoment(snapshot.cutOff, campaign.zone, language)),
    lead: definition(page, voice),
    main: html`${standing(page, voice)} ${inForce && finalBanner(snapshot, voice)}
      <div class="figures">
        ${snapshot.rows.length === 0 ? nothingYet(words.noFigures) : html`${cityFigures(board, voice)} ${board.groups.map((group) => groupSection(group, board, voice))}`}
      </div>
      ${held && heldSection(held, units, campaign, voice)}
      <div class="papers">
        <section>
          <h2>${words.changes}</h2>
          ${changes(page, voice)}
        </section>
        <section>
          <h2>${words.download}</h2>
          ${downloads(page, voice)}
          <p class="ranking"><b>${words.ranking}.</b> ${snapshot.rankBy === 'count' ? words.byCount : words.byRate}</p>
        </section>
      </div>
      <section class="check">
        <h2>${words.check}</h2>
        ${check(page, voice)}
      </section>
      ${neighbours(page, voice)}`,
  });
}
