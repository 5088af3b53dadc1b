// Set-up of the route tests: the scoreboard's routes on a real database with real units, keys, callers and tokens.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { campaignSchema, type Campaign } from '../../core/campaign.ts';
import type { SnapshotPush } from '../../core/protocol.ts';
import { requireAccess } from '../access.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { putCurrentCampaign } from '../campaigns/campaign-store.ts';
import type { App, Routes, ServerContext } from '../context.ts';
import { answerErrors } from '../http/error-answers.ts';
import { secure } from '../http/security.ts';
import { openDatabase } from '../database/open-database.ts';
import { openKeys } from '../keys/open-keys.ts';
import { newSecret } from '../keys/secret.ts';
import { checkCallers } from '../people/caller.ts';
import { addPerson } from '../people/person-store.ts';
import { openScanBook } from '../scans/scan-book.ts';
import { addToken } from '../tokens/token-store.ts';
import { putUnits } from '../units/unit-store.ts';

const asset = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

function shippedUnits() {
  return asset('assets/units/hanoi-units.csv')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [code = '', kind = '', name = '', level = '', validFrom = '', validTo = ''] = line.split(',');
      return { code, kind, name, level, validFrom, ...(validTo === '' ? {} : { validTo }) };
    });
}

export interface TestServer {
  readonly app: App;
  readonly context: ServerContext;
  readonly campaign: Campaign;
  /** Header of a program that may send figures. */
  readonly authorization: string;
  /** What connected screens were sent. */
  readonly pushes: { push: SnapshotPush; sample: boolean }[];
  readonly told: string[];
  /** Sets the clock forward. */
  wait(ms: number): void;
  changeCampaign(over: Partial<Campaign>): Promise<void>;
  close(): Promise<void>;
}

/** Start of the tests' time: a day of the campaign. */
export const testStart = Date.parse('2024-11-26T17:00:00+07:00');

export async function startTestServer(routes: readonly Routes[], over: Partial<Campaign> = {}): Promise<TestServer> {
  let time = testStart;
  const now = () => time;
  const db = await openDatabase(':memory:');
  const pair = () => generateKeyPairSync('ed25519').privateKey;
  const keys = await openKeys(db, { root: pair(), content: pair() }, 'Hà Nội', time);
  await putUnits(db, shippedUnits());
  const shipped = campaignSchema.parse(JSON.parse(asset('playlists/campaigns/plan-311.json')));
  const campaign: Campaign = { ...shipped, ...over };
  await putCurrentCampaign(db, campaign, time);
  const person = await addPerson(db, 'Chị Lan', 'editor', time);
  const secret = newSecret();
  await addToken(db, {
    secretHash: secret.hash,
    name: 'Kho số liệu',
    scopes: ['scoreboard'],
    person: person.id,
    createdAt: time,
    expiresAt: time + 90 * 86_400_000,
  });

  const app = fastify().withTypeProvider<ZodTypeProvider>() as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  app.addHook('onRoute', requireAccess);
  await secure(app);
  checkCallers(app, db, now);
  const pushes: TestServer['pushes'] = [];
  const told: string[] = [];
  const scans = openScanBook({ db, now, log: app.log, written: () => told.push('scans') });
  app.addHook('onClose', () => scans.close());
  const context: ServerContext = {
    db,
    scans,
    keys,
    now,
    log: app.log,
    players: { pushSnapshot: (push, sample) => pushes.push({ push, sample }), pushOrder: () => undefined, stateChanged: () => {} },
    console: (event) => told.push(event),
    audit: (entry, queries) => appendAudit(queries ?? db, time, entry),
    filesDir: '',
  };
  for (const register of routes) register(app, context);
  await app.ready();
  return {
    app,
    context,
    campaign,
    authorization: `Bearer ${secret.text}`,
    pushes,
    told,
    wait: (ms) => {
      time += ms;
    },
    changeCampaign: (change) => putCurrentCampaign(db, { ...campaign, ...change }, time),
    close: async () => {
      await app.close();
      await db.destroy();
    },
  };
}
