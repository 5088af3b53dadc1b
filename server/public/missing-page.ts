// What people see at the address of a page that is not there, such as a number typed wrongly. A program hears the code of the failure.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Campaign } from '../../core/campaign.ts';
import { languages } from '../../core/primitives.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import { framed } from './board-frame.ts';
import { nothingYet } from './board-parts.ts';
import { voiceOf, type Voice } from './board-words.ts';
import { html } from './html.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';
import { sendPage, type Page } from './page.ts';

type Failure = Error & { readonly validation?: unknown; readonly code?: unknown };

/** @returns the error handler of a route that sends a page */
export function answerMissing({ db }: Pick<ServerContext, 'db'>) {
  return (error: Failure, request: FastifyRequest, reply: FastifyReply): void => {
    const isMissing = error.code === 'not-found' || error.validation !== undefined;
    if (!isMissing || !request.headers.accept?.includes('text/html')) throw error;
    const { lang } = request.query as { lang?: unknown };
    const voice = voiceOf(languages.find((language) => language === lang) ?? 'vi');
    currentCampaign(db)
      .then((campaign) =>
        campaign ? sendPage(reply.code(404), missingPage(campaign, voice), { frames: 'none', cacheControl: 'no-store' }) : reply.send(error),
      )
      .catch((fault: unknown) => reply.send(fault));
  };
}

function missingPage(campaign: Campaign, voice: Voice): Page {
  const { missing, missingLead, history } = voice.words;
  return framed({
    ...{ campaign, voice, path: pagePaths.history, title: missing, description: missingLead },
    main: html`${nothingYet(missingLead)}
      <p class="more"><a href="${inLanguageOf(pagePaths.history, voice.language)}">${history}</a></p>`,
  });
}
