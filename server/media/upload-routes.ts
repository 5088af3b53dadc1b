// A file comes into the library: announced, sent part by part, finished. A cut costs at most what was on the line.
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { maxVideoBytes, mediaEntrySchema, mediaPaths, newUploadSchema, uploadSchema, type Upload } from '../../core/media-api.ts';
import { refusalAdvice } from '../../core/media-refusals.ts';
import { errorBody, type ErrorCode } from '../../core/errors.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import { backgroundWork } from '../background-work.ts';
import type { App, Routes } from '../context.ts';
import { openIncoming, type Appended } from './incoming.ts';
import { viewOfEntry } from './library-view.ts';
import { mediaUses } from './media-uses.ts';
import { oneAtATime, type Queue } from './one-at-a-time.ts';
import { takeFile, type Taken } from './take-file.ts';
import { countUploads, deleteUpload, ensureUpload, findUpload, forgetUploadsBefore, type UploadRow } from './upload-store.ts';

const params = z.object({ id: z.uuid() });
const maxOpenUploads = 50;
/** How long an upload may rest before it is forgotten. */
const restMs = 48 * 60 * 60_000;
const partType = 'application/octet-stream';

const refusals: Readonly<Record<(Appended & { ok: false })['reason'], ErrorCode>> = {
  elsewhere: 'upload-elsewhere',
  'too-much': 'media-too-large',
  cut: 'bad-request',
  full: 'storage-full',
};

/** What the entry is called at first: the file's name without what it says of its kind. */
const labelOf = (name: string) => name.replace(/(?<=.)\.[a-z0-9]{2,5}$/i, '');

/** What takes longer than this is not waited for. */
const quickMs = 2_000;
const outcomeKeptMs = 3_600_000;

interface Finished {
  readonly taken: Taken;
  readonly bytes: number;
}

const refusalDetails = ({ reason, at }: Taken & { ok: false }) => ({ reason, at, advice: refusalAdvice(reason, at) });

const isStream = (body: unknown): body is Readable => typeof body === 'object' && body !== null && 'pipe' in body;

export function uploadRoutes(queue: Queue): Routes {
  return (root, context) => {
    const { db, now, console: tellConsoles } = context;
    const incoming = openIncoming(context.filesDir);

    const films = oneAtATime();
    /** Files that are being looked at. Whoever asks again, such as after a line was cut, hears of the same run. */
    const work = backgroundWork<Finished>(outcomeKeptMs);
    const keyOf = (id: string, { id: person }: Caller) => `${person}/${id}`;

    const outcomeOf = async ({ taken }: Finished, caller: Caller): Promise<Upload['outcome']> => {
      if (!taken.ok) return { error: { ...errorBody('media-refused').error, details: refusalDetails(taken) } };
      return { entry: await viewOfEntry(db, taken.entry, await mediaUses(db), caller) };
    };
    const viewOf = async ({ id, bytes, person }: UploadRow): Promise<Upload> => {
      const state = work.state(`${person}/${id}`);
      if (state?.kind === 'running') return { id, bytes, received: bytes, watched: state.share, outcome: null };
      return { id, bytes, received: await incoming.received(id), watched: null, outcome: null };
    };
    /** One's own: those of others are not there. */
    const required = async (id: string, caller: Caller): Promise<UploadRow> => {
      const row = await findUpload(db, id, caller.id);
      if (!row) throw new ApiFailure('not-found');
      return row;
    };
    /** An upload, or what became of it: it is deleted a moment before its run has ended. */
    const standing = async (id: string, caller: Caller): Promise<{ row: UploadRow } | { row: undefined; finished: Finished }> => {
      const row = work.state(keyOf(id, caller))?.kind === 'ended' ? undefined : await findUpload(db, id, caller.id);
      if (row) return { row };
      const state = await work.settled(keyOf(id, caller));
      if (state?.kind !== 'ended') throw new ApiFailure('not-found');
      return { row, finished: state.result };
    };
    const end = async (id: string) => {
      await deleteUpload(db, id);
      await incoming.drop(id);
    };

    const finish = async (row: UploadRow, caller: Caller, report: (share: number) => void): Promise<Finished> => {
      const taking = { name: labelOf(row.name), folder: row.folder, caller, queue, films, report };
      const taken: Taken = row.bytes === 0 ? { ok: false, reason: 'empty' } : await takeFile(context, incoming.pathOf(row.id), taking);
      await end(row.id);
      if (taken.ok && taken.isNew) tellConsoles('media');
      return { taken, bytes: row.bytes };
    };

    root.post(
      mediaPaths.uploads,
      {
        config: { access: { role: 'editor', within: 'anywhere' } },
        schema: { summary: 'Announce a file; one that was begun before goes on', tags: ['media'], body: newUploadSchema, response: { 200: uploadSchema } },
      },
      async (request) => {
        const { id } = callerOf(request);
        if (request.body.bytes > maxVideoBytes) throw new ApiFailure('media-too-large');
        for (const old of await forgetUploadsBefore(db, now() - restMs)) await incoming.drop(old);
        if (!(await incoming.hasRoom(request.body.bytes))) throw new ApiFailure('storage-full');
        if ((await countUploads(db, id)) >= maxOpenUploads) throw new ApiFailure('upload-too-many');
        return viewOf(await ensureUpload(db, { person: id, ...request.body }, now()));
      },
    );

    root.get(
      mediaPaths.upload(':id'),
      {
        config: { access: { role: 'editor' } },
        schema: {
          summary: 'How much of a file has arrived, of a film how much has been turned and watched, and for an hour what became of it',
          tags: ['media'],
          params,
          response: { 200: uploadSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { id } = request.params;
        const found = await standing(id, caller);
        if (found.row) return viewOf(found.row);
        const { bytes } = found.finished;
        return { id, bytes, received: bytes, watched: null, outcome: await outcomeOf(found.finished, caller) };
      },
    );

    root.register(async (app: App) => {
      app.removeContentTypeParser(partType);
      app.addContentTypeParser(partType, (_request, payload, done) => done(null, payload));
      app.put(
        mediaPaths.upload(':id'),
        {
          config: { access: { role: 'editor', within: 'anywhere' } },
          schema: {
            summary: 'The next part of a file, from where the last one ended',
            tags: ['media'],
            params,
            querystring: z.object({ offset: z.coerce.number().int().min(0) }),
            consumes: [partType],
            body: z.unknown(),
            response: { 200: uploadSchema },
          },
        },
        async (request) => {
          const row = await required(request.params.id, callerOf(request));
          const { body } = request;
          if (!isStream(body)) throw new ApiFailure('bad-request', [{ path: '', reason: `expected ${partType}` }]);
          const appended = await incoming.append(row.id, body, request.query.offset, row.bytes);
          if (!appended.ok) throw new ApiFailure(refusals[appended.reason], { received: appended.received });
          return { id: row.id, bytes: row.bytes, received: appended.received, watched: null, outcome: null };
        },
      );
    });

    root.post(
      mediaPaths.finish(':id'),
      {
        config: { access: { role: 'editor', within: 'anywhere' } },
        schema: {
          summary: 'Take the file into the library; the same file again is the same entry. What takes longer goes on behind the answer 202: ask for the upload',
          tags: ['media'],
          params,
          response: { 200: mediaEntrySchema, 201: mediaEntrySchema, 202: uploadSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const { id } = request.params;
        const key = keyOf(id, caller);
        const found = await standing(id, caller);
        const answer = async ({ taken }: Finished) => {
          if (!taken.ok) throw new ApiFailure('media-refused', refusalDetails(taken));
          return reply.code(taken.isNew ? 201 : 200).send(await viewOfEntry(db, taken.entry, await mediaUses(db), caller));
        };
        if (!found.row) return answer(found.finished);
        const { row } = found;
        if (!work.state(key)) {
          const received = await incoming.received(id);
          if (received !== row.bytes) throw new ApiFailure('upload-elsewhere', { received });
        }
        const state = await work.begin(key, (report) => finish(row, caller, report), quickMs);
        if (state.kind === 'failed') throw state.error;
        return state.kind === 'running' ? reply.code(202).send(await viewOf(row)) : answer(state.result);
      },
    );

    root.delete(
      mediaPaths.upload(':id'),
      {
        config: { access: { role: 'editor', within: 'anywhere' } },
        schema: { summary: 'Give an upload up', tags: ['media'], params, response: { 204: z.null() } },
      },
      async (request, reply) => {
        const row = await required(request.params.id, callerOf(request));
        if (work.state(keyOf(row.id, callerOf(request)))?.kind === 'running') throw new ApiFailure('upload-elsewhere', { received: row.bytes });
        await end(row.id);
        return reply.code(204).send(null);
      },
    );
  };
}
