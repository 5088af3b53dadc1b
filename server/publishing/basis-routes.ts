// Scans of documents on which a publish rests: sent as they are, known by their first bytes, read by staff only.
import { z } from 'zod';
import { approvalPaths, basisFileSchema, basisTypes, maxBasisBytes } from '../../core/approval-api.ts';
import { sha256Schema } from '../../core/primitives.ts';
import { callerOf } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App, Routes } from '../context.ts';
import { sendKeptFile, takeFiles } from '../http/file-bodies.ts';
import { basisTypeOf, keepBasisFile, readBasisFile } from './basis-store.ts';

const types = [...basisTypes, 'application/octet-stream'];

export const basisRoutes: Routes = (root, { db, now, audit }) => {
  root.register(async (app: App) => {
    takeFiles(app, { types, maxBytes: maxBasisBytes, tooLarge: 'basis-unreadable' });
    app.post(
      approvalPaths.basisFiles,
      {
        config: { access: { role: 'editor', within: 'anywhere' } },
        bodyLimit: maxBasisBytes,
        schema: {
          summary: 'Keep the scan of a document: PDF, JPEG or PNG',
          tags: ['publishing'],
          consumes: types,
          body: z.unknown(),
          response: { 201: basisFileSchema },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const type = body instanceof Uint8Array ? basisTypeOf(body) : undefined;
        if (!(body instanceof Uint8Array) || type === undefined) throw new ApiFailure('basis-unreadable');
        const { id, name } = callerOf(request);
        const { sha256, bytes } = await keepBasisFile(db, body, type, id, now());
        await audit({ who: name, what: 'basis.keep', subject: sha256, after: { type, bytes: bytes.length } });
        return reply.code(201).send({ sha256, type, bytes: bytes.length });
      },
    );
  });

  root.get(
    approvalPaths.basisFile(':sha256'),
    {
      config: { access: { role: 'viewer' } },
      schema: {
        summary: 'The scan of a document',
        tags: ['publishing'],
        produces: ['application/pdf', 'image/jpeg', 'image/png'],
        params: z.object({ sha256: sha256Schema }),
      },
    },
    async (request, reply) => {
      const file = await readBasisFile(db, request.params.sha256);
      if (!file) throw new ApiFailure('not-found');
      return sendKeptFile(reply, file, `van-ban-${file.sha256.slice(0, 8)}`);
    },
  );
};
