// Signed documents by hash, as players fetch them; any cache may keep them.
import { z } from 'zod';
import { sha256Schema } from '../../core/primitives.ts';
import { playerPaths } from '../../core/protocol.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { immutable } from '../http/immutable.ts';
import { rootEnvelope, rootEnvelopeOf } from '../keys/root-store.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { orderByHash } from '../orders/order-store.ts';
import { snapshotEnvelope } from '../scoreboard/snapshot-store.ts';
import { assignmentEnvelope } from '../screens/assignment-store.ts';

const params = z.object({ sha256: sha256Schema });
const numberParams = z.object({ number: z.coerce.number().int().min(1) });

export const documentRoutes: Routes = (app, { db }) => {
  const serve = (path: (sha256: string) => string, summary: string, find: (sha256: string) => Promise<string | undefined>) => {
    app.get(
      path(':sha256'),
      { config: { access: 'public', rateLimit: false }, schema: { summary, tags: ['player'], params, response: { 200: envelopeSchema } } },
      async (request, reply) => {
        const text = await find(request.params.sha256);
        if (text === undefined) throw new ApiFailure('not-found');
        return reply.header('cache-control', immutable).send(envelopeSchema.parse(JSON.parse(text)));
      },
    );
  };
  serve(playerPaths.root, 'A root document', (hash) => rootEnvelope(db, hash));
  app.get(
    playerPaths.rootNumber(':number'),
    {
      config: { access: 'public', rateLimit: false },
      schema: { summary: 'A root document by its number', tags: ['player'], params: numberParams, response: { 200: envelopeSchema } },
    },
    async (request, reply) => {
      const text = await rootEnvelopeOf(db, request.params.number);
      if (text === undefined) throw new ApiFailure('not-found');
      return reply.header('cache-control', 'no-cache').send(envelopeSchema.parse(JSON.parse(text)));
    },
  );
  serve(playerPaths.assignment, 'The assignment of a screen', (hash) => assignmentEnvelope(db, hash));
  serve(playerPaths.manifest, 'The manifest of a channel', (hash) => manifestEnvelope(db, hash));
  serve(playerPaths.snapshot, 'A scoreboard snapshot', async (hash) => {
    const envelope = await snapshotEnvelope(db, hash);
    return envelope && JSON.stringify(envelope);
  });
  serve(playerPaths.order, 'An order, or the document that ends one', async (hash) => {
    const order = await orderByHash(db, hash);
    return order && JSON.stringify(order.envelope);
  });
  app.get(
    playerPaths.orderEnd(':sha256'),
    {
      config: { access: 'public', rateLimit: false },
      schema: { summary: 'The document that ended an order; 404 while it stands', tags: ['player'], params, response: { 200: envelopeSchema } },
    },
    async (request, reply) => {
      const order = await orderByHash(db, request.params.sha256);
      const end = order?.endedBy ? await orderByHash(db, order.endedBy) : undefined;
      if (!end) throw new ApiFailure('not-found');
      return reply.header('cache-control', 'no-store').send(end.envelope);
    },
  );
};
