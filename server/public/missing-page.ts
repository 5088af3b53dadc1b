// What people see at the address of a page that is not there, such as a number typed wrongly. A program hears the code of the failure.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../core/primitives.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import { framed } from './board-frame.ts';
import { voiceOf } from './board-words.ts';
import { nothingYet } from './board-parts.ts';
import { html } from './html.ts';
import { inLanguageOf, pagePaths } from './page-paths.ts';
import { sendPage } from './page.ts';

/** @returns the error handler of a route that sends a page */
export function answerMissing({ db }: Pick<ServerContext, 'db'>) {
  return async (error: Error & { readonly validation?: unknown; readonly code?: unknown }, request: FastifyRequest, reply: FastifyReply) => {
    const isMissing = error.code === 'not-found' || error.validation !== undefined;
    const campaign = isMissing && request.headers.accept?.includes('text/html') ? await currentCampaign(db) : undefined;
    if (!campaign) throw error;
    const { lang } = request.query as { lang?: unknown };
    const voice = voiceOf(languages.find((language) => language === lang) ?? 'vi');
    const { missing, missingLead, history } = voice.words;
    const page = framed({
      ...{ campaign, voice, path: pagePaths.history, title: missing, description: missingLead },
      main: html`${nothingYet(missingLead)}
        <p class="more"><a href="${inLanguageOf(pagePaths.history, voice.language)}">${history}</a></p>`,
    });
    return sendPage(reply.code(404), page, { frames: 'none', cacheControl: 'no-store' });
  };
}
