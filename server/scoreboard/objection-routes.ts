// Staff API of objections: a unit's words and file against its figure, the office's answer.
import { z } from 'zod';
import {
  answerObjectionSchema,
  maxObjectionBytes,
  objectionFileSchema,
  objectionListSchema,
  objectionPaths,
  objectionTypes,
  objectionViewSchema,
  raiseObjectionSchema,
} from '../../core/objection-api.ts';
import { callerOf, type Access } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App, Routes } from '../context.ts';
import { transact } from '../database/open-database.ts';
import { sendKeptFile, takeFiles } from '../http/file-bodies.ts';
import { objectionDesk } from './objection-desk.ts';
import { keepObjectionFile, objectionTypeOf, ownObjectionFile } from './objection-files.ts';

const ofUnit: Access = { role: 'editor', within: 'own-unit' };
const params = z.object({ id: z.uuid() });
const types = [...objectionTypes, 'application/octet-stream'];

export const objectionRoutes: Routes = (root, context) => {
  const { db, now, audit } = context;
  const desk = objectionDesk(context);
  const told = async <T>(done: Promise<T>): Promise<T> => {
    const value = await done;
    context.console('scoreboard');
    return value;
  };

  root.register(async (app: App) => {
    takeFiles(app, { types, maxBytes: maxObjectionBytes, tooLarge: 'objection-file' });
    app.post(
      objectionPaths.files,
      {
        config: { access: { role: 'editor', within: 'anywhere' } },
        bodyLimit: maxObjectionBytes,
        schema: {
          summary: 'Send the file of an objection: PDF, XLSX, JPEG or PNG',
          tags: ['scoreboard'],
          consumes: types,
          body: z.unknown(),
          response: { 201: objectionFileSchema },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const type = body instanceof Uint8Array ? objectionTypeOf(body) : undefined;
        if (!(body instanceof Uint8Array) || type === undefined) throw new ApiFailure('objection-file');
        const { id, name } = callerOf(request);
        const sha256 = await transact(db, (trx) => keepObjectionFile(trx, { type, bytes: body }, id, now()));
        await audit({ who: name, what: 'scoreboard.objection.file', subject: sha256, after: { type, bytes: body.length } });
        return reply.code(201).send({ sha256, type, bytes: body.length });
      },
    );
  });

  root.get(
    objectionPaths.list,
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'Objections to figures, of the units of whoever asks', tags: ['scoreboard'], response: { 200: objectionListSchema } },
    },
    async (request) => desk.list(callerOf(request)),
  );

  root.post(
    objectionPaths.list,
    {
      config: { access: ofUnit },
      schema: {
        summary: 'Object to the figure of a unit in a snapshot, with words and a file',
        tags: ['scoreboard'],
        body: raiseObjectionSchema,
        response: { 201: objectionViewSchema },
      },
    },
    async (request, reply) => reply.code(201).send(await told(desk.raise(callerOf(request), request.body))),
  );

  root.get(
    objectionPaths.file(':id'),
    {
      config: { access: { role: 'viewer' } },
      schema: { summary: 'The file of an objection', tags: ['scoreboard'], produces: ['application/octet-stream'], params },
    },
    async (request, reply) => {
      const { file, person } = await desk.find(callerOf(request), request.params.id);
      const kept = await ownObjectionFile(db, file.sha256, person);
      if (!kept) throw new ApiFailure('not-found');
      return sendKeptFile(reply, kept, `kien-nghi-${file.sha256.slice(0, 8)}`);
    },
  );

  root.post(
    objectionPaths.answer(':id'),
    {
      config: { access: { role: 'editor', within: 'city' } },
      schema: {
        summary: 'Answer an objection: the figure stands, or it is wrong and will be corrected',
        tags: ['scoreboard'],
        params,
        body: answerObjectionSchema,
        response: { 200: objectionViewSchema },
      },
    },
    async (request) => told(desk.answer(callerOf(request), request.params.id, request.body)),
  );

  root.post(
    objectionPaths.withdraw(':id'),
    {
      config: { access: ofUnit },
      schema: { summary: 'Take back an objection of one’s unit', tags: ['scoreboard'], params, response: { 200: objectionViewSchema } },
    },
    async (request) => told(desk.withdraw(callerOf(request), request.params.id)),
  );
};
