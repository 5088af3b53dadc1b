// Whether the server lives, and whether it can do its work: for whoever starts it anew, and for whoever sends people to it.
import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { App, ServerContext } from '../context.ts';
import { writeSetting } from '../settings/setting-store.ts';
import { countScreens } from '../screens/screen-store.ts';

/** Below this neither plays nor a publish have room. */
const leastFreeBytes = 64 * 2 ** 20;
const probeKey = 'ready.probe';
const probeEveryMs = 10_000;

export function healthRoutes(app: App, { db, now, log, filesDir }: ServerContext): void {
  app.get(
    '/healthz',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        summary: 'Whether the server and its database answer',
        tags: ['operation'],
        response: { 200: z.object({ ok: z.literal(true), screens: z.int() }) },
      },
    },
    async (_request, reply) => {
      const { screens } = await countScreens(db);
      return reply.header('cache-control', 'no-store').send({ ok: true as const, screens });
    },
  );

  let wroteAt = 0;
  const canWrite = async () => {
    // A database that only reads is found out here and not by the first play. Whoever asks often does not make it write often.
    if (now() - wroteAt < probeEveryMs) return;
    await writeSetting(db, probeKey, now());
    wroteAt = now();
  };
  const hasRoom = async () => {
    const { bavail, bsize } = await statfs(filesDir);
    if (bavail * bsize < leastFreeBytes) throw new Error('the disk is full');
  };

  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Whether it can do its work: the database takes what is written, and the disk has room',
        tags: ['operation'],
        response: { 200: z.object({ ok: z.literal(true) }), 503: z.object({ ok: z.literal(false), problems: z.array(z.literal(['database', 'disk'])) }) },
      },
    },
    async (_request, reply) => {
      const problems: ('database' | 'disk')[] = [];
      for (const [problem, check] of [
        ['database', canWrite],
        ['disk', hasRoom],
      ] as const) {
        await check().catch((error: unknown) => {
          log.error({ err: error, problem }, 'not ready');
          problems.push(problem);
        });
      }
      reply.header('cache-control', 'no-store');
      return problems.length === 0 ? reply.send({ ok: true as const }) : reply.code(503).send({ ok: false as const, problems });
    },
  );
}
