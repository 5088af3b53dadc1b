// What staff may ask of a screen at once, and the log that a screen hands in when asked. Nothing here reaches into the box.
import { z } from 'zod';
import { commandResultSchema, newCommandSchema, screenPaths } from '../../core/screen-api.ts';
import { logsHeader, logsStatementSchema, maxLogBytes, playerPaths } from '../../core/protocol.ts';
import { callerOf, type Caller } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { requireDuty } from '../people/duty.ts';
import type { LivePlayers } from '../players/players.ts';
import { checkUpload } from '../players/signed-upload.ts';
import { findScreen } from '../screens/screen-store.ts';
import { liveCommands } from './live-commands.ts';

const params = z.object({ id: z.uuid() });
/** Logs are for the person who has just asked, so they live in memory and briefly. */
const keptMs = 3_600_000;
const maxKept = 20;

export function commandRoutes(players: LivePlayers): Routes {
  return (app, { db, now, audit }) => {
    const commands = liveCommands(players, now);
    const logs = new Map<string, { readonly at: number; readonly text: string }>();

    const keep = (screen: string, text: string) => {
      logs.delete(screen);
      logs.set(screen, { at: now(), text });
      for (const [id, { at }] of logs) if (logs.size > maxKept || now() - at > keptMs) logs.delete(id);
    };

    const requireScreen = async (caller: Caller, id: string) => {
      const screen = await findScreen(db, id);
      if (!screen) throw new ApiFailure('not-found');
      await requireDuty(db, caller, [screen.unit]);
    };

    app.post(
      screenPaths.commands(':id'),
      {
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: {
          summary:
            'Ask a screen to show its name or a test card, load its page anew, restart, fetch its content again, or send its log; answers what became of it',
          tags: ['screens'],
          ...{ params, body: newCommandSchema, response: { 200: commandResultSchema } },
        },
      },
      async (request) => {
        const { id: screen } = request.params;
        await requireScreen(callerOf(request), screen);
        const { id, kind } = request.body;
        const asked = commands.ask(screen, kind, id);
        if (!asked) throw new ApiFailure('screen-unreachable');
        const result = await asked;
        await audit({ who: callerOf(request).name, what: `screen.${kind}`, subject: screen, after: result });
        return result;
      },
    );

    app.get(
      screenPaths.logs(':id'),
      {
        config: { access: { role: 'editor', within: 'own-unit' } },
        schema: { summary: 'The log that a screen has sent within the last hour, as text', tags: ['screens'], produces: ['text/plain'], params },
      },
      async (request, reply) => {
        await requireScreen(callerOf(request), request.params.id);
        const kept = logs.get(request.params.id);
        if (!kept || now() - kept.at > keptMs) throw new ApiFailure('not-found');
        return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(kept.text);
      },
    );

    app.register(async (scope) => {
      scope.addContentTypeParser('text/plain', { parseAs: 'buffer', bodyLimit: maxLogBytes }, (_request, body, done) => done(null, body));
      scope.post(
        playerPaths.logs,
        {
          bodyLimit: maxLogBytes,
          config: { access: 'player', rateLimit: false },
          schema: {
            summary: `Hand in the end of the log that staff asked for: text, and in the header ${logsHeader} an envelope of purpose \`logs\``,
            tags: ['player'],
            consumes: ['text/plain'],
            headers: z.looseObject({ [logsHeader]: z.string().max(4_000) }),
            response: { 204: z.null() },
          },
        },
        async (request, reply) => {
          const { body } = request;
          if (!(body instanceof Uint8Array)) throw new ApiFailure('logs-refused', { reason: 'no text' });
          const checked = await checkUpload(db, request.headers[logsHeader], 'logs', logsStatementSchema, body);
          if (!checked.ok) throw new ApiFailure('logs-refused', { reason: checked.reason });
          const { screen, request: command } = checked.statement;
          if (!commands.askedForLogs(screen, command)) throw new ApiFailure('logs-refused', { reason: 'not asked for' });
          keep(screen, Buffer.from(body).toString('utf8'));
          return reply.code(204).send(null);
        },
      );
    });
  };
}
