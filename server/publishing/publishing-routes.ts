// Publishing for staff: how far a playlist is, asking a second person, approving, rejecting, withdrawing, publishing, and what was published.
import { z } from 'zod';
import {
  approvalPaths,
  approvalViewSchema,
  approveSchema,
  askApprovalSchema,
  publishingSchema,
  publishRecordSchema,
  rejectSchema,
} from '../../core/approval-api.ts';
import { publishedSchema, publishSchema, playlistPaths } from '../../core/playlist-api.ts';
import { slugSchema } from '../../core/primitives.ts';
import { callerOf, type Access, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { findPlaylist, type PlaylistRow } from '../playlists/playlist-store.ts';
import { checkRoutes } from './check-routes.ts';
import { publishingDesk } from './publishing-desk.ts';
import { publishesOf } from './publish-store.ts';
import { revisionRoutes } from './revision-routes.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { publishingView, waitingViews } from './publishing-view.ts';

const named = z.object({ id: slugSchema });
const asked = z.object({ id: slugSchema, approval: z.uuid() });
const tags = ['publishing'];
const recordsShown = 50;
const viewer: Access = { role: 'viewer' };
const editor: Access = { role: 'editor', within: 'own-unit' };
const approver: Access = { role: 'approver', within: 'own-unit' };

export const publishingRoutes: Routes = (app, context) => {
  checkRoutes(app, context);
  scheduleRoutes(app, context);
  revisionRoutes(app, context);
  const { db, now } = context;
  const desk = publishingDesk(context);
  const response = { 200: publishingSchema };

  const required = async (id: string): Promise<PlaylistRow> => {
    const playlist = await findPlaylist(db, id);
    if (!playlist) throw new ApiFailure('not-found');
    return playlist;
  };
  const view = async (caller: Caller, id: string) => publishingView(db, caller, await required(id), now());

  app.get(
    approvalPaths.approvals,
    {
      config: { access: viewer },
      schema: { summary: 'What waits for a second person, or for its publish', tags, response: { 200: z.array(approvalViewSchema) } },
    },
    (request) => waitingViews(db, callerOf(request), now()),
  );

  app.get(
    approvalPaths.publishing(':id'),
    {
      config: { access: viewer },
      schema: { summary: 'How far the latest revision is: what a publish would change, who has to act, what the caller may do', tags, params: named, response },
    },
    (request) => view(callerOf(request), request.params.id),
  );

  app.get(
    approvalPaths.publishes(':id'),
    {
      config: { access: viewer },
      schema: {
        summary: 'The latest publishes, each with who asked, who approved and the document',
        tags,
        params: named,
        response: { 200: z.array(publishRecordSchema) },
      },
    },
    async (request) => publishesOf(db, (await required(request.params.id)).id, recordsShown),
  );

  app.post(
    approvalPaths.ask(':id'),
    {
      config: { access: editor },
      schema: { summary: 'Ask a second person to approve the latest revision', tags, params: named, body: askApprovalSchema, response },
    },
    async (request) => {
      await desk.ask(callerOf(request), request.params.id, request.body);
      return view(callerOf(request), request.params.id);
    },
  );

  app.post(
    approvalPaths.approve(':id', ':approval'),
    {
      config: { access: approver },
      schema: { summary: 'Approve exactly what was asked about; nothing is published yet', tags, params: asked, body: approveSchema, response },
    },
    async (request) => {
      const { id, approval } = request.params;
      await desk.approve(callerOf(request), id, approval, request.body.digest);
      return view(callerOf(request), id);
    },
  );

  app.post(
    approvalPaths.reject(':id', ':approval'),
    { config: { access: approver }, schema: { summary: 'Send it back with a reason', tags, params: asked, body: rejectSchema, response } },
    async (request) => {
      const { id, approval } = request.params;
      await desk.reject(callerOf(request), id, approval, request.body.reason);
      return view(callerOf(request), id);
    },
  );

  app.post(
    approvalPaths.withdraw(':id', ':approval'),
    { config: { access: editor }, schema: { summary: 'Take back what was asked for, also after it was approved', tags, params: asked, response } },
    async (request) => {
      const { id, approval } = request.params;
      await desk.withdraw(callerOf(request), id, approval);
      return view(callerOf(request), id);
    },
  );

  app.post(
    playlistPaths.publish(':id'),
    {
      config: { access: approver },
      schema: {
        summary: 'Publish the latest revision to the channels that play it; for screens outdoors a second person has approved it before',
        tags,
        params: named,
        body: publishSchema,
        response: { 200: publishedSchema },
      },
    },
    async (request) => {
      const { revision, basis } = request.body;
      const { issued, warnings } = await desk.publish(callerOf(request), request.params.id, revision, basis);
      return { channels: issued, warnings };
    },
  );
};
