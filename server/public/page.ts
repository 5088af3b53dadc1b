// A whole page with its one style sheet inline, and the headers that let nothing else in.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { Language } from '../../core/primitives.ts';
import { product } from '../product.ts';
import { fontFaces } from './fonts.ts';
import { html, trusted, type Html } from './html.ts';

export interface Style {
  readonly css: string;
  /** As a content security policy names it. */
  readonly source: string;
}

/** Style sheets of this folder, with the font's rules before them. */
export function styleOf(...files: readonly string[]): Style {
  const css = [fontFaces, ...files.map((file) => readFileSync(join(product, 'server', 'public', file), 'utf8'))].join('\n');
  return { css, source: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
}

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly style: Style;
  readonly body: Html;
  /** Vietnamese when absent. */
  readonly language?: Language;
  /** Colours whatever the reader's system says. */
  readonly theme?: 'light' | 'dark' | undefined;
  /** Pages that show figures load themselves again. */
  readonly refreshSeconds?: number;
}

export function pageText({ title, description, style, body, language = 'vi', theme, refreshSeconds }: Page): string {
  const refresh = refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
  return html`<!doctype html>
    <html lang="${language}" data-theme="${theme ?? 'system'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <link rel="icon" href="data:," />
        <meta name="description" content="${description}" />
        <title>${title}</title>
        ${trusted(`<style>${style.css}</style>`)}
      </head>
      ${body}
    </html>`.markup;
}

export interface Delivery {
  /** Who may show the page in a frame. */
  readonly frames: 'none' | 'everybody';
  readonly cacheControl: string;
}

/** A page as it is sent, for whoever asks. */
export interface RenderedPage {
  readonly text: string;
  readonly etag: string;
  /** Of its style sheet, as a content security policy names it. */
  readonly styleSource: string;
}

const etagOf = (content: string) => `"${createHash('sha256').update(content).digest('base64url')}"`;

export function renderPage(page: Page): RenderedPage {
  const text = pageText(page);
  return { text, etag: etagOf(text), styleSource: page.style.source };
}

/** Sends what may have changed since the reader's copy was made: nothing at all when it did not. */
export function sendTagged(reply: FastifyReply, content: string, etag = etagOf(content)): FastifyReply {
  reply.header('etag', etag).serializer((text: string) => text);
  const held = reply.request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return held?.includes(etag) || held?.includes('*') ? reply.code(304).send() : reply.send(content);
}

/** Sends a page: no script, no cookie, no foreign file. */
export function sendPage(reply: FastifyReply, page: Page | RenderedPage, { frames, cacheControl }: Delivery): FastifyReply {
  const { text, etag, styleSource } = 'text' in page ? page : renderPage(page);
  const ancestors = frames === 'everybody' ? '*' : "'none'";
  const policy = `default-src 'none'; style-src ${styleSource}; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors ${ancestors}`;
  // A server-wide default for these would contradict the page's own policy.
  for (const name of ['x-frame-options', 'cross-origin-embedder-policy']) reply.removeHeader(name).raw.removeHeader(name);
  if (frames === 'none') reply.header('x-frame-options', 'DENY');
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cross-origin-resource-policy', frames === 'everybody' ? 'cross-origin' : 'same-origin')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', cacheControl);
  return sendTagged(reply, text, etag);
}
