// Where players hand in pictures of their screens.
import { z } from 'zod';
import { captureHeader, captureStatementSchema, maxCaptureBytes, playerPaths } from '../../core/protocol.ts';
import { envelopeSchema, openEnvelope, readPayload } from '../../core/signed.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { keyId, sha256, verify } from '../keys/ed25519.ts';
import { findScreen } from '../screens/screen-store.ts';
import { keepCapture } from './capture-store.ts';

/** A picture says when it was taken; one from the future would hide all later ones. */
const aheadMs = 5 * 60_000;

function readHeader(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new ApiFailure('capture-refused', { reason: 'malformed header' });
  }
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

export const captureRoutes: Routes = (app, { db, now, console }) => {
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
          headers: z.looseObject({ [captureHeader]: z.string().max(4_000) }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const envelope = envelopeSchema.safeParse(readHeader(String(request.headers[captureHeader])));
        const claimed = envelope.success ? readPayload(envelope.data.payload, captureStatementSchema) : undefined;
        if (!claimed?.ok) throw new ApiFailure('capture-refused', { reason: 'malformed header' });
        const publicKey = (await findScreen(db, claimed.document.screen))?.publicKey;
        if (publicKey === null || publicKey === undefined) throw new ApiFailure('capture-refused', { reason: 'unknown screen' });
        const opened = openEnvelope(envelope.data, 'capture', captureStatementSchema, { keys: { [keyId(publicKey)]: publicKey }, threshold: 1 }, verify);
        if (!opened.ok) throw new ApiFailure('capture-refused', { reason: 'signature' });
        const jpeg = request.body;
        if (!(jpeg instanceof Uint8Array) || !isJpeg(jpeg)) throw new ApiFailure('capture-refused', { reason: 'no JPEG' });
        if (sha256(jpeg) !== opened.document.sha256) throw new ApiFailure('capture-refused', { reason: 'hash' });
        const takenAt = Math.min(opened.document.takenAt, now() + aheadMs);
        await keepCapture(db, opened.document.screen, { takenAt, jpeg }, opened.document.sha256, now());
        console('screens');
        return reply.code(204).send(null);
      },
    );
  });
};
