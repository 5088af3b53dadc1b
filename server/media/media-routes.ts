// Media by hash: bytes that never change, with ranges.
import { z } from 'zod';
import { sha256Schema } from '../../core/primitives.ts';
import { playerPaths } from '../../core/protocol.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { immutable } from '../http/immutable.ts';
import { mediaPath } from './media-files.ts';
import { mediaByHash } from './media-store.ts';

/** Read at once, where the library's own 64 kB cost a turn of the event loop each. */
const readBytes = 256 * 2 ** 10;
/** `highWaterMark` goes on to where the file is read; the types of the library in between do not know it. */
const sending = { cacheControl: false, contentType: false, highWaterMark: readBytes };

export const mediaRoutes: Routes = (app, { db, filesDir }) => {
  app.get(
    playerPaths.media(':sha256'),
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        summary: 'Bytes of a media file, with range support',
        tags: ['player'],
        produces: ['application/octet-stream'],
        params: z.object({ sha256: sha256Schema }),
      },
    },
    async (request, reply) => {
      const [file] = await mediaByHash(db, [request.params.sha256]);
      if (!file) throw new ApiFailure('not-found');
      // A picture opened by itself is a document of this origin: it may run nothing.
      reply.type(file.type).header('cache-control', immutable).header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      return reply.sendFile(mediaPath(file.sha256), filesDir, sending);
    },
  );
};
