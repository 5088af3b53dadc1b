// The permanent pages of snapshots, and what can be downloaded of each: figures, signed bytes, signature, key.
import { z } from 'zod';
import { keyIdSchema, signedBytes, type Envelope } from '../../core/signed.ts';
import { ApiFailure } from '../api-failure.ts';
import { currentCampaign, findCampaign } from '../campaigns/campaign-store.ts';
import type { Routes, ServerContext } from '../context.ts';
import { immutable } from '../http/immutable.ts';
import { publicKeyPem } from '../keys/ed25519.ts';
import { publicKeyOf } from '../keys/root-store.ts';
import { heldOfSnapshot } from '../scoreboard/hold-store.ts';
import { publishedSnapshot, type PublishedSnapshot } from '../scoreboard/snapshot-history.ts';
import { comparedWith, neighboursOf } from '../scoreboard/snapshot-store.ts';
import { sortUnits } from '../scoreboard/sort-units.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { audienceOf, cacheControl, languageQuery } from './board-routes.ts';
import { boardOf, groupsOf } from './board.ts';
import { voiceOf } from './board-words.ts';
import { figuresCsv } from './figures-csv.ts';
import { answerMissing } from './missing-page.ts';
import { pagePaths } from './page-paths.ts';
import { sendPage } from './page.ts';
import { snapshotPage, type SnapshotPage } from './snapshot-page.ts';

export const numberParams = z.object({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const signatureParams = numberParams.extend({ key: keyIdSchema });

/** What everybody may see of a number; made-up figures only while the campaign in force is a trial. */
export async function findPublished({ db }: Pick<ServerContext, 'db'>, number: number): Promise<PublishedSnapshot> {
  const published = await publishedSnapshot(db, number);
  const campaign = await currentCampaign(db);
  if (!published || !campaign || (published.snapshot.sample && !campaign.trial)) throw new ApiFailure('not-found');
  return published;
}

async function keyOf(db: ServerContext['db'], { signatures }: Envelope): Promise<SnapshotPage['key']> {
  for (const { key: id } of signatures) {
    const publicKey = await publicKeyOf(db, id);
    if (publicKey !== undefined) return { id, publicKey };
  }
  return undefined;
}

export const snapshotPageRoutes: Routes = (app, context) => {
  const { db, now } = context;
  const access = { access: 'public' } as const;
  /** These bytes never change, so caches keep them; other sites may read them too. */
  const files = (type: string, name: string) => ({
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': immutable,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });

  // The page is for good, but not immutable: it says what became of its snapshot.
  app.get(
    pagePaths.snapshot(':number'),
    {
      config: access,
      errorHandler: answerMissing(context),
      schema: { summary: 'The permanent page of a snapshot', tags: ['public'], produces: ['text/html'], params: numberParams, querystring: languageQuery },
    },
    async (request, reply) => {
      const published = await findPublished(context, request.params.number);
      const { snapshot, envelope } = published;
      const [campaign, inForce] = [await findCampaign(db, snapshot.campaign), await currentCampaign(db)];
      if (!campaign || !inForce) throw new ApiFailure('not-found');
      const contest = { campaign: snapshot.campaign, tree: snapshot.tree, audience: audienceOf(inForce) };
      const { earlier, later } = await neighboursOf(db, contest, snapshot.number);
      const units = await unitsOfTree(db, snapshot.tree);
      const board = boardOf(campaign, snapshot, (await comparedWith(db, published))?.snapshot, units, now());
      const held = await heldOfSnapshot(db, snapshot.number);
      const standing = { inForce: later === undefined, isPast: inForce.id !== campaign.id };
      const page = { ...standing, campaign, published, board, held, units, key: await keyOf(db, envelope), earlier, later };
      return sendPage(reply, snapshotPage(page, voiceOf(request.query.lang)), { frames: 'none', cacheControl });
    },
  );

  app.get(
    pagePaths.csv(':number'),
    {
      config: access,
      schema: { summary: 'The figures of a snapshot as CSV', tags: ['public'], produces: ['text/csv'], params: numberParams, response: { 200: z.string() } },
    },
    async (request, reply) => {
      const { snapshot } = await findPublished(context, request.params.number);
      const units = sortUnits(await unitsOfTree(db, snapshot.tree));
      const csv = figuresCsv(
        snapshot,
        groupsOf(units).map((group) => group.units),
      );
      return reply
        .headers(files('text/csv; charset=utf-8', `ky-so-lieu-${snapshot.number}.csv`))
        .serializer((text: string) => text)
        .send(csv);
    },
  );

  app.get(
    pagePaths.signedBytes(':number'),
    {
      config: access,
      schema: {
        summary: 'The exact bytes that the signature of a snapshot covers',
        tags: ['public'],
        produces: ['application/octet-stream'],
        params: numberParams,
      },
    },
    async (request, reply) => {
      const { snapshot, envelope } = await findPublished(context, request.params.number);
      return reply.headers(files('application/octet-stream', `ky-${snapshot.number}.bin`)).send(Buffer.from(signedBytes('snapshot', envelope.payload)));
    },
  );

  app.get(
    pagePaths.signature(':number', ':key'),
    {
      config: access,
      schema: { summary: 'The signature of a snapshot by a key, 64 bytes', tags: ['public'], produces: ['application/octet-stream'], params: signatureParams },
    },
    async (request, reply) => {
      const { snapshot, envelope } = await findPublished(context, request.params.number);
      const made = envelope.signatures.find(({ key }) => key === request.params.key);
      if (!made) throw new ApiFailure('not-found');
      return reply.headers(files('application/octet-stream', `ky-${snapshot.number}.sig`)).send(Buffer.from(made.signature, 'base64url'));
    },
  );

  app.get(
    pagePaths.key(':key'),
    {
      config: access,
      schema: {
        summary: 'A public key that signs snapshots, as PEM',
        tags: ['public'],
        produces: ['application/x-pem-file'],
        params: z.object({ key: keyIdSchema }),
      },
    },
    async (request, reply) => {
      const publicKey = await publicKeyOf(db, request.params.key);
      if (publicKey === undefined) throw new ApiFailure('not-found');
      return reply.headers(files('application/x-pem-file', 'khoa.pem')).send(publicKeyPem(publicKey));
    },
  );
};
