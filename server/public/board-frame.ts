// What stands around each public page of the scoreboard: crest, title, language, who speaks.
import type { Campaign } from '../../core/campaign.ts';
import { inLanguage } from '../../core/primitives.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import type { Age, Board } from './board.ts';
import { notices } from './board-parts.ts';
import type { Voice } from './board-words.ts';
import { drum } from './drum.ts';
import { html, type Html } from './html.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';
import { styleOf, type Page } from './page.ts';

const style = styleOf('scoreboard.css', 'map.css');

export interface Framed {
  readonly campaign: Campaign;
  readonly voice: Voice;
  /** Address of the page itself, in Vietnamese. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly chips?: Pick<Board, 'snapshot' | 'age'> | undefined;
  readonly age?: Age | undefined;
  /** Below the title. */
  readonly lead?: Html | undefined;
  readonly main: Html;
  readonly refreshSeconds?: number;
}

export function framed({ campaign, voice, path, title, description, chips, age = 'fresh', lead, main, refreshSeconds }: Framed): Page {
  const { words, language } = voice;
  const other = language === 'vi' ? 'en' : 'vi';
  const name = inLanguage(campaign.name, language);
  const { startDate, endDate } = campaign.period;
  const isBoard = path === pagePaths.board;
  return {
    title: `${title} · ${name}`,
    description: `${description}. ${name}.`,
    style,
    language,
    ...(refreshSeconds === undefined ? {} : { refreshSeconds }),
    body: html`<body class="${age}">
      <header>
        ${drum}
        <div class="bar-top">
          <div class="chips">${notices(campaign, chips, voice)}</div>
          <a class="language" href="${inLanguageOf(path, other)}" hreflang="${other}" lang="${other}">${words.otherLanguage}</a>
        </div>
        ${!isBoard && html`<p class="back"><a href="${inLanguageOf(pagePaths.board, language)}">${words.title}</a></p>`}
        <h1>${title}</h1>
        <p class="campaign">${name} <span class="dot">·</span> <span class="keep">${formatLocalDate(startDate)} – ${formatLocalDate(endDate)}</span></p>
        ${lead}
      </header>
      <main>${main}</main>
      <footer>
        <p>${inLanguage(campaign.speaker, language)} · ${words.plan(campaign.plan)}</p>
        <p>${words.fairness}</p>
      </footer>
    </body>`,
  };
}
