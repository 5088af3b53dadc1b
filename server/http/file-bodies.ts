// Files as bodies of requests: taken whole up to a limit, cut off beyond it; and handed out again as files, never as pages.
import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '../../core/errors.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';

/**
 * Bodies of these types reach the routes of this plugin as buffers. What is larger than `maxBytes` is answered before it is read: a streaming parser
 * would read the rest to its end.
 * @param app a plugin of its own, since its errors are answered here
 */
export function takeFiles(app: App, { types, maxBytes, tooLarge }: { types: readonly string[]; maxBytes: number; tooLarge: ErrorCode }): void {
  // A plugin of the whole server may have taken some of them already.
  app.removeContentTypeParser([...types]);
  app.addContentTypeParser([...types], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    if (Number(request.headers['content-length'] ?? 0) <= maxBytes) return;
    reply.header('connection', 'close');
    throw new ApiFailure(tooLarge);
  });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')) throw error;
    reply.header('connection', 'close');
    throw new ApiFailure(tooLarge);
  });
}

/** A file's name as it may be shown and logged. @param otherwise what it is called where nobody named it */
export function shownName(name: string | undefined, otherwise: string): string {
  const base = (name ?? '').normalize('NFC').replace(/\p{C}/gu, '').split(/[\\/]/).at(-1) ?? '';
  return base.trim().slice(0, 200) || otherwise;
}

const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

/** What somebody sent is never a page of this server. @param stem of the file's name, without an ending */
export function sendKeptFile(reply: FastifyReply, { type, bytes }: { type: string; bytes: Uint8Array }, stem: string): FastifyReply {
  const ending = endings[type] ?? 'bin';
  reply.type(type).header('content-disposition', `attachment; filename="${stem}.${ending}"`).header('cache-control', 'private, no-store');
  return reply.send(Buffer.from(bytes));
}
