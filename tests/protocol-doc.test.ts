// docs/protocol.md is enough: a player written from it alone, on a bare WebSocket, does its whole job against the real server; every field is named there.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomUUID, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { assignmentSchema, manifestSchema } from '../core/manifest.ts';
import { orderSchema } from '../core/orders.ts';
import { pairingText, pairingWords } from '../core/pairing-words.ts';
import { playBatchSchema, playEntrySchema, playReceiptSchema, readChain } from '../core/play.ts';
import * as protocol from '../core/protocol.ts';
import { rootDocumentSchema } from '../core/root-document.ts';
import { purposes, signedBytes } from '../core/signed.ts';
import { snapshotSchema } from '../core/snapshot.ts';
import { startTestServer, type TestServer } from '../server/testing/test-server.ts';
import { root } from './support/children.ts';

const doc = readFileSync(join(root, 'docs/protocol.md'), 'utf8');
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
type Json = Record<string, unknown>;
interface Envelope {
  readonly payload: string;
  readonly signatures: readonly { readonly key: string; readonly signature: string }[];
}

/** Chapter 1, and nothing else. */
const rawKey = (key: KeyObject) => createPublicKey(key).export({ format: 'jwk' }).x ?? '';
const idOf = (publicKey: string) => sha256(Buffer.from(publicKey, 'base64url')).slice(0, 32);
const covered = (purpose: string, payload: string) => Buffer.concat([Buffer.from(`ihanoi/1/${purpose}\n`), Buffer.from(payload)]);
const envelopeOf = (purpose: string, document: Json, key: KeyObject): Envelope => {
  const payload = JSON.stringify(document);
  return { payload, signatures: [{ key: idOf(rawKey(key)), signature: sign(null, covered(purpose, payload), key).toString('base64url') }] };
};
const holds = (purpose: string, { payload, signatures }: Envelope, keys: Readonly<Record<string, string>>) =>
  signatures.some(({ key, signature }) => {
    const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: keys[key] ?? '' } });
    return verify(null, covered(purpose, payload), publicKey, Buffer.from(signature, 'base64url'));
  });

/** Chapter 2: engine.io and socket.io by hand. */
async function openLine(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const came: [string, unknown][] = [];
  const waiting = new Map<string, (payload: unknown) => void>();
  socket.on('message', (bytes: Buffer) => {
    const frame = bytes.toString('utf8');
    if (frame.startsWith('0')) socket.send('40/player,');
    if (frame === '2') socket.send('3');
    if (!frame.startsWith('42/player,')) return;
    const [event, payload] = JSON.parse(frame.slice('42/player,'.length)) as [string, unknown];
    const ask = waiting.get(event);
    waiting.delete(event);
    if (ask) ask(payload);
    else came.push([event, payload]);
  });
  return {
    say: (event: string, payload: unknown) => socket.send(`42/player,${JSON.stringify([event, payload])}`),
    close: () => socket.close(),
    async hear<Payload = Json>(event: string): Promise<Payload> {
      const at = came.findIndex(([name]) => name === event);
      const [found] = at === -1 ? [] : came.splice(at, 1);
      return (found ? found[1] : await new Promise<unknown>((resolve) => waiting.set(event, resolve))) as Payload;
    },
  };
}

describe('a player written from the document alone', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.end());

  it('proves its key, pins the root, hears the time, fetches and verifies what it should have, and hands in plays and a picture', async () => {
    const { privateKey: key } = generateKeyPairSync('ed25519');
    const token = JSON.parse(Buffer.from((server.enrol.reception ?? '').replace('ihanoi1.', ''), 'base64url').toString('utf8')) as Record<string, string>;
    const line = await openLine(token['server'] ?? '');
    const challenge = await line.hear('challenge');
    const nonce = randomBytes(32).toString('base64url');
    line.say('prove', {
      ...{ protocol: 1, publicKey: rawKey(key), proof: envelopeOf('prove', { server: challenge['nonce'], player: nonce }, key), enrol: token['secret'] },
      ...{ player: 'other 1', shell: 'none', scenes: ['install'], accepted: { root: 0, manifest: 0, assignment: 0, snapshot: 0 } },
    });
    const welcome = await line.hear<{ screen: string; number: number; root: Envelope }>('welcome');
    expect(sha256(welcome.root.payload)).toBe(token['root']);
    const trusted = JSON.parse(welcome.root.payload) as { keys: Record<string, string> };
    expect(holds('root', welcome.root, trusted.keys)).toBe(true);

    const time = await line.hear<Envelope>('time');
    expect(holds('time', time, trusted.keys)).toBe(true);
    expect(JSON.parse(time.payload)).toMatchObject({ nonce });

    const state = await line.hear<{ assignment: string; manifest: string; snapshot: { sha256: string } }>('state');
    const get = async (purpose: string, path: string, hash: string) => {
      const envelope = (await (await fetch(`${server.url}/${path}/${hash}`)).json()) as Envelope;
      expect([sha256(envelope.payload), holds(purpose, envelope, trusted.keys)]).toEqual([hash, true]);
      return JSON.parse(envelope.payload) as Json;
    };
    expect(await get('assignment', 'assignments', state.assignment)).toMatchObject({ screen: welcome.screen, manifest: { sha256: state.manifest } });
    await get('snapshot', 'snapshots', state.snapshot.sha256);
    const manifest = (await get('manifest', 'manifests', state.manifest)) as { files: { sha256: string; bytes: number }[] };
    expect(manifest.files.length).toBeGreaterThan(0);
    for (const file of manifest.files) {
      const bytes = new Uint8Array(await (await fetch(`${server.url}/media/${file.sha256}`)).arrayBuffer());
      expect([sha256(bytes), bytes.length]).toEqual([file.sha256, file.bytes]);
    }

    const at = Date.now();
    const chained = { monoMs: 1, clockTrusted: true };
    const open = JSON.stringify({
      ...{ seq: 1, prev: '0'.repeat(64), at, ...chained, kind: 'open', manifest: state.manifest, item: 'install', scene: 'install' },
      ...{ plannedStart: at, plannedEnd: at + 15_000 },
    });
    const close = JSON.stringify({ seq: 2, prev: sha256(open), at: at + 15_000, ...chained, kind: 'close', opened: 1, outcome: 'complete' });
    const chain = randomUUID();
    const plays = JSON.stringify(envelopeOf('plays', { screen: welcome.screen, chain, entries: [open, close] }, key));
    for (const _again of [1, 2]) {
      const answer = await fetch(`${server.url}/player/plays`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: plays });
      expect([answer.status, await answer.json()]).toEqual([200, { chain, acknowledged: 2 }]);
    }

    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
    const statement = envelopeOf('capture', { screen: welcome.screen, takenAt: at, sha256: sha256(jpeg) }, key);
    const header = Buffer.from(JSON.stringify(statement)).toString('base64url');
    const headers = { 'content-type': 'image/jpeg', 'x-ihanoi-capture': header };
    expect((await fetch(`${server.url}/player/captures`, { method: 'POST', headers, body: jpeg })).status).toBe(204);
    line.close();
  });

  it('is refused by name when it speaks another protocol number', async () => {
    const line = await openLine(server.url);
    await line.hear('challenge');
    line.say('prove', { protocol: 99 });
    expect(await line.hear('refused')).toMatchObject({ refusal: 'protocol' });
  });
});

describe('the canonical example', () => {
  const example = z
    .object({
      ...{ seed: z.string(), publicKey: z.string(), keyId: z.string(), purpose: z.literal('prove'), payload: z.string(), signature: z.string() },
      ...{ signedHexStart: z.string(), payloadSha256: z.string() },
      pairing: z.object({ root: z.string(), text: z.string(), sha256: z.string(), words: z.array(z.string()) }),
      chain: z.array(z.string()),
    })
    .parse(JSON.parse(/```json\n([\s\S]*?)```/.exec(doc)?.[1] ?? ''));

  it('holds: key, bytes, hash and signature', () => {
    // The fixed beginning of a PKCS #8 document with an Ed25519 seed.
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(example.seed, 'hex')]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect([rawKey(key), idOf(rawKey(key)), sha256(example.payload)]).toEqual([example.publicKey, example.keyId, example.payloadSha256]);
    const bytes = signedBytes(example.purpose, example.payload);
    expect(Buffer.from(bytes).toString('hex').startsWith(example.signedHexStart)).toBe(true);
    expect(sign(null, bytes, key).toString('base64url')).toBe(example.signature);
  });

  it('holds: pairing words and journal chain', () => {
    const { pairing } = example;
    expect([pairing.text, sha256(pairing.text)]).toEqual([pairingText(pairing.root, example.publicKey), pairing.sha256]);
    expect(pairingWords(pairing.sha256)).toEqual(pairing.words);
    expect(readChain(example.chain, sha256)).toMatchObject({ ok: true });
  });

  it('has the words in their order', () => {
    const listed = [...doc.matchAll(/^> (.*)$/gm)].flatMap(([, line = '']) => line.split(',').flatMap((word) => word.trim() || []));
    const own = Array.from({ length: 64 }, (_, index) => pairingWords((index << 18).toString(16).padStart(6, '0').padEnd(64, '0'))[0]);
    expect(listed).toEqual(own);
  });
});

describe('the document names', () => {
  const schemas: Readonly<Record<string, z.ZodType>> = {
    ...Object.fromEntries(Object.entries(protocol.serverToPlayerSchemas).map(([event, schema]) => [`event ${event} to the player`, schema])),
    ...Object.fromEntries(Object.entries(protocol.playerToServerSchemas).map(([event, schema]) => [`event ${event} to the server`, schema])),
    ...{ proof: protocol.proofSchema, time: protocol.timeStatementSchema, capture: protocol.captureStatementSchema, enrolment: protocol.enrolmentSchema },
    ...{ root: rootDocumentSchema, assignment: assignmentSchema, manifest: manifestSchema, snapshot: snapshotSchema, order: orderSchema },
    ...{ entry: playEntrySchema, batch: playBatchSchema, receipt: playReceiptSchema },
  };

  const namesIn = (node: unknown): string[] => {
    if (Array.isArray(node)) return node.flatMap(namesIn);
    if (typeof node !== 'object' || node === null) return [];
    const own = 'properties' in node && typeof node.properties === 'object' && node.properties ? Object.keys(node.properties) : [];
    return [...own, ...Object.values(node).flatMap(namesIn)];
  };
  // Within backticks: names alone and in lists of fields. Blocks between fences do not count.
  const code = new Set([...doc.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => text.split(/[^A-Za-z0-9-]+/)));

  it.each(Object.entries(schemas))('every field of %s', (_, schema) => {
    const missing = namesIn(z.toJSONSchema(schema, { unrepresentable: 'any' })).filter((name) => !code.has(name));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('every event, refusal, purpose and path', () => {
    const events = [...Object.keys(protocol.serverToPlayerSchemas), ...Object.keys(protocol.playerToServerSchemas)];
    for (const event of events) expect(doc).toMatch(new RegExp(`^\\| \`${event}\` +\\|`, 'm'));
    for (const refusal of protocol.refusals) expect(doc).toMatch(new RegExp(`^\\| \`${refusal}\` +\\|`, 'm'));
    expect(purposes.filter((purpose) => !doc.includes(`\`${purpose}\``))).toEqual([]);
    for (const path of Object.values(protocol.playerPaths)) {
      const written = typeof path === 'string' ? [path] : [path('HASH'), path('NUMBER')];
      expect(written.filter((text) => doc.includes(`\`${text}\``) || doc.includes(`POST ${text}\``))).toHaveLength(1);
    }
    for (const fixed of [protocol.captureHeader, protocol.enrolmentPrefix, protocol.playerNamespace]) expect(doc).toContain(fixed);
  });
});
