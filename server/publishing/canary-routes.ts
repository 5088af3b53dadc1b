// A publish to a few screens first: started, watched, gone on with, stopped.
import { z } from 'zod';
import { canaryAnswerSchema, canaryPaths, newCanarySchema } from '../../core/canary.ts';
import { slugSchema } from '../../core/primitives.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';
import type { CanaryDesk } from './canary-desk.ts';

const params = z.object({ id: slugSchema });
const tags = ['publishing'];
const response = { 200: canaryAnswerSchema };

export function canaryRoutes(desk: CanaryDesk): Routes {
  return (app) => {
    app.get(
      canaryPaths.canary(':id'),
      {
        config: { access: { role: 'viewer' } },
        schema: { summary: 'The latest publish to a few screens first, and how each of them bears it', tags, params, response },
      },
      async (request) => ({ canary: await desk.view(callerOf(request), request.params.id) }),
    );

    app.post(
      canaryPaths.canary(':id'),
      {
        config: { access: { role: 'approver', within: 'own-unit' } },
        schema: {
          summary: 'Publish the latest revision to a few screens first; refused for what would refuse a publish to all',
          tags,
          params,
          body: newCanarySchema,
          response,
        },
      },
      async (request) => {
        const caller = callerOf(request);
        await desk.start(caller, request.params.id, request.body);
        return { canary: await desk.view(caller, request.params.id) };
      },
    );

    app.post(
      canaryPaths.goOn(':id'),
      {
        config: { access: { role: 'approver', within: 'own-unit' } },
        schema: { summary: 'Give all screens what a few of them have; everything is looked at again', tags, params, response },
      },
      async (request) => {
        const caller = callerOf(request);
        await desk.goOn(caller, request.params.id);
        return { canary: await desk.view(caller, request.params.id) };
      },
    );

    app.post(
      canaryPaths.stop(':id'),
      {
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: { summary: 'Take it back from the few screens; the others never had it', tags, params, response },
      },
      async (request) => {
        const caller = callerOf(request);
        await desk.stop(caller, request.params.id);
        return { canary: await desk.view(caller, request.params.id) };
      },
    );
  };
}
