// Where players hand in pictures of their screens.
import { z } from 'zod';
import { captureHeader, captureStatementSchema, maxCaptureBytes, playerPaths } from '../../core/protocol.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import type { LivePlayers } from '../players/players.ts';
import { checkUpload } from '../players/signed-upload.ts';
import { programmes } from '../manifests/programmes.ts';
import { oneAtATime } from '../media/one-at-a-time.ts';
import { keepCapture } from './capture-store.ts';
import { checkCapture } from './check-capture.ts';

/** A picture says when it was taken; one from the future would hide all later ones. */
const aheadMs = 5 * 60_000;

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

export const captureRoutes =
  (players: Pick<LivePlayers, 'live'>): Routes =>
  (app, { db, now, log, filesDir, console }) => {
    const programmeOf = programmes(db);
    /** One picture at a time is held against what should be on; players do not wait for it. */
    const inTurn = oneAtATime();
    app.register(async (scope) => {
      scope.addContentTypeParser('image/jpeg', { parseAs: 'buffer', bodyLimit: maxCaptureBytes }, (_request, body, done) => done(null, body));
      scope.post(
        playerPaths.captures,
        {
          bodyLimit: maxCaptureBytes,
          config: { access: 'player', rateLimit: false },
          schema: {
            summary: `Hand in a picture of the screen: JPEG bytes, and in the header ${captureHeader} an envelope of purpose \`capture\``,
            tags: ['player'],
            consumes: ['image/jpeg'],
            headers: z.looseObject({ [captureHeader]: z.string().max(4_000) }),
            response: { 204: z.null() },
          },
        },
        async (request, reply) => {
          const jpeg = request.body;
          if (!(jpeg instanceof Uint8Array) || !isJpeg(jpeg)) throw new ApiFailure('capture-refused', { reason: 'no JPEG' });
          const checked = await checkUpload(db, request.headers[captureHeader], 'capture', captureStatementSchema, jpeg);
          if (!checked.ok) throw new ApiFailure('capture-refused', { reason: checked.reason });
          const { statement } = checked;
          const takenAt = Math.min(statement.takenAt, now() + aheadMs);
          await keepCapture(db, statement.screen, { takenAt, jpeg }, statement.sha256, now());
          console('screens');
          const playing = players.live(statement.screen)?.health?.report.manifest.playing;
          void inTurn(() => checkCapture({ db, filesDir }, programmeOf, statement.screen, playing, { takenAt, jpeg })).catch((error: unknown) =>
            log.warn({ err: error, screen: statement.screen }, 'a picture of a screen could not be looked at'),
          );
          return reply.code(204).send(null);
        },
      );
    });
  };
