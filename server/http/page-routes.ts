// The built pages: the staff console, and the stage with its preview that the console frames.
import fastifyStatic from '@fastify/static';
import { z } from 'zod';
import type { App } from '../context.ts';

const params = z.object({ '*': z.string().max(300) });
/** Vite names these by their content. */
const hashed = /^assets\/[^/]+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;

export async function servePages(app: App, dirs: { readonly console: string; readonly stage: string; readonly files: string }): Promise<void> {
  await app.register(fastifyStatic, { root: dirs.files, serve: false });
  const pages = (prefix: string, root: string, page: string, summary: string) => {
    app.get(`${prefix}*`, { config: { access: 'public' }, schema: { summary, tags: ['pages'], produces: ['text/html'], params } }, (request, reply) => {
      const path = request.params['*'] || page;
      reply.header('cache-control', hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      return reply.sendFile(path, root, { cacheControl: false });
    });
  };
  pages('/console/', dirs.console, 'index.html', 'The staff console');
  pages('/stage/', dirs.stage, 'preview.html', 'The stage, for the console’s preview');
  const toConsole = { config: { access: 'public' as const }, schema: { summary: 'To the console', tags: ['pages'], produces: ['text/html'] } };
  for (const path of ['/', '/console']) app.get(path, toConsole, (_request, reply) => reply.redirect('/console/', 302));
}
