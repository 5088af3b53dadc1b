// A second player in another language, written from docs/protocol.md alone, does a screen's whole job against the real server.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { playProofSchema, playViewSchema, playPaths } from '../../core/play-api.ts';
import { playlistViewSchema, publishedSchema, playlistPaths } from '../../core/playlist-api.ts';
import { pairedSchema, screenViewSchema, screenPaths } from '../../core/screen-api.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { confirmWords, orderAnswerSchema, orderPaths } from '../../core/order-api.ts';
import { playBatchSchema, playEntrySchema } from '../../core/play.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { compile, turnsBetween } from '../../core/programme.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { rootDocumentSchema } from '../../core/root-document.ts';
import { keyId, rawPublicKey, signPayload } from '../../server/keys/ed25519.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { root, startChild, type Child } from '../support/children.ts';
import { signedInFetch, type StaffFetch } from '../support/staff.ts';
import { startFlippingLine, type FlippingLine } from './flipping-line.ts';
import { noPython, playerFolder, python, startPython, turnsInPython, type PythonPlayer } from './python-player.ts';

const channels = ['street', 'reception', 'kiosk'] as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const local = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const { cases: vectors } = z
  .object({
    cases: z.array(
      z.object({
        name: z.string(),
        zone: z.string(),
        layers: z.array(z.object({ share: z.int(), items: z.array(z.looseObject({ id: z.string() })) })),
        from: local,
        until: local,
        turns: z.array(z.object({ start: local, end: local, item: z.string().nullable() })),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(root, 'core/fixtures/programme-vectors.json'), 'utf8')));

/** The next Monday in Hà Nội: a day with windows of every kind. */
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const hanoi = 7 * hourMs;
const today = Math.floor((Date.now() + hanoi) / dayMs);
const monday = (today + ((11 - (today % 7)) % 7)) * dayMs;

it('holds its base player, with all that it imports from here, under 250 lines', () => {
  const files = new Set(['player.py']);
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    texts.set(file, text);
    for (const [, name = ''] of text.matchAll(/^\s*(?:from|import) (\w+)/gm)) if (existsSync(join(import.meta.dirname, `${name}.py`))) files.add(`${name}.py`);
  }
  expect([...files].sort()).toEqual(['player.py', 'programme.py', 'trust.py']);
  const lines = [...texts.values()].flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  expect(lines.length).toBeLessThan(250);
  expect(lines.filter((line) => line.length > 160)).toEqual([]);
});

describe.skipIf(python === undefined)(`a second player in Python${python === undefined ? ` (${noPython})` : ''}`, () => {
  const data = mkdtempSync(join(tmpdir(), 'ihanoi interop '));
  const players = new Map<string, PythonPlayer>();
  let port: number;
  let server: Child;
  let staff: StaffFetch;
  let line: FlippingLine;

  const tokens = new Map<string, Record<string, string>>();
  const tokenFor = (channel: string, changes: Record<string, string> = {}) =>
    `ihanoi1.${Buffer.from(JSON.stringify({ ...tokens.get(channel), ...changes })).toString('base64url')}`;
  const startServer = async () => {
    server = startChild(join(root, 'dist/server/main.js'), ['--data', data, '--port', String(port)]);
    const ready = z
      .object({ url: z.string(), signInLink: z.string(), enrol: z.record(z.string(), z.string().nullable()) })
      .parse(await server.message('ready'));
    staff = await signedInFetch(ready.url, ready.signInLink);
    return ready;
  };
  const player = (channel: string) => {
    const found = players.get(channel);
    if (!found) throw new Error(`no player for ${channel}`);
    return found;
  };
  const screenOf = async (channel: string) => {
    const found = screenViewSchema.array().parse(await staff('GET', screenPaths.screens));
    const screen = found.find((each) => each.channel === channel);
    if (!screen) throw new Error(`no screen of ${channel}`);
    return screen;
  };
  const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 15_000, interval: 100 });
  const showsRight = (channel: string) =>
    until(async () => {
      const screen = await screenOf(channel);
      expect(screen).toMatchObject({ condition: 'correct', health: { manifest: { playing: screen.manifest?.sha256 } } });
      return screen;
    });
  const envelopeAt = async (path: string) => envelopeSchema.parse(await (await fetch(`http://127.0.0.1:${port}${path}`)).json());

  beforeAll(async () => {
    port = await freePort();
    const { enrol, url } = await startServer();
    line = await startFlippingLine(url);
    for (const channel of channels) {
      const token: unknown = JSON.parse(Buffer.from((enrol[channel] ?? '').replace('ihanoi1.', ''), 'base64url').toString('utf8'));
      // The address in a token is not signed: whoever carries it may name another way to the same server.
      tokens.set(channel, { ...z.record(z.string(), z.string()).parse(token), server: line.url });
      if (channel !== 'kiosk') players.set(channel, startPython(playerFolder(), tokenFor(channel)));
    }
  });
  afterAll(async () => {
    for (const each of players.values()) {
      await each.end('SIGKILL');
      rmSync(each.folder, { recursive: true, force: true });
    }
    await line.stop();
    await server.end();
    rmSync(data, { recursive: true, force: true });
  });

  it.each(vectors)('works out a programme: $name', ({ zone, layers, from, until: end, turns }) => {
    const manifest = {
      campaign: { zone },
      layers: layers.map(({ share, items }) => ({ share, playlist: { items: items.map((item) => ({ ...item, scene: 'message' })) } })),
    };
    const instants = Array.from({ length: Math.ceil((end - from) / hourMs) }, (_, hour) => from + hour * hourMs);
    const touching = turnsInPython(manifest, [...instants, end - 1]).filter(([start, until]) => until > from && start < end);
    expect(touching).toEqual(turns.map(({ start, end: until, item }) => [start, until, item]));
  });

  it('pins no other root document than the one that its token names', async () => {
    const misled = startPython(playerFolder(), tokenFor('kiosk', { root: sha256('another') }));
    players.set('kiosk', misled);
    await misled.tells('refused', ({ reason }) => reason.startsWith('another root document'));
    await misled.end('SIGTERM');
    players.set('kiosk', startPython(misled.folder, tokenFor('kiosk')));
  });

  it.each(channels)('pairs, and works out the programme of %s turn by turn as core/programme.ts does', async (channel) => {
    const told = await player(channel).tells('manifest');
    const { payload } = await envelopeAt(`/manifests/${told.sha256}`);
    const from = monday - hanoi;
    const turns = turnsBetween(compile(manifestSchema.parse(JSON.parse(payload))), from, from + dayMs);
    expect(turns.length).toBeGreaterThan(2_000);
    expect(turnsInPython(JSON.parse(payload), [from])).toEqual(turns.map(({ start, end, item }) => [start, end, item ?? null]));
    const screen = await showsRight(channel);
    expect(screen.health).toMatchObject({ player: 'interop 1', clock: { trusted: true }, quarantined: [] });
  });

  it('refuses other bytes, a forged document, a damaged file and an older manifest, plays on, and takes the change as soon as it comes whole', async () => {
    const before = await screenOf('reception');
    const held = before.manifest?.sha256 ?? '';
    const { items, revision } = playlistViewSchema.parse(await staff('GET', playlistPaths.playlist('reception')));
    const saved = playlistViewSchema.parse(await staff('PUT', playlistPaths.playlist('reception'), { revision, items: sentItems(items).reverse() }));
    // Held back until the hash of the change is known.
    line.answer = (path, bytes) => (path.startsWith('/manifests/') ? Buffer.from('{}') : bytes);
    const published = publishedSchema.parse(await staff('POST', playlistPaths.publish('reception'), { revision: saved.revision }));
    const next = published.channels[0]?.sha256 ?? '';
    const whole = await envelopeAt(`/manifests/${next}`);
    const flipped = { ...whole, payload: whole.payload.replace('"weight":1', '"weight":2') };
    expect(flipped.payload).toHaveLength(whole.payload.length);
    const forged = sha256(flipped.payload);

    line.answer = (path, bytes) => (path.startsWith('/manifests/') ? Buffer.from(JSON.stringify(flipped)) : bytes);
    await player('reception').tells('refused', ({ reason }) => reason.startsWith('manifests: other bytes'));
    line.frame = (text) => text.replaceAll(next, forged);
    await player('reception').tells('refused', ({ reason }) => reason.startsWith('manifest: 0 of 1 signatures'));
    line.frame = (text) => text;
    line.answer = (path, bytes) => {
      if (path.startsWith('/manifests/')) return Buffer.from(JSON.stringify(whole));
      const damaged = Buffer.from(bytes);
      if (path.startsWith('/media/')) damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
      return damaged;
    };
    await player('reception').tells('refused', ({ reason }) => reason.startsWith('media: other bytes'));
    expect((await screenOf('reception')).health?.manifest.playing, 'what it holds plays on').toBe(held);

    line.answer = (_, bytes) => bytes;
    expect(await player('reception').tells('manifest')).toMatchObject({ sha256: next, version: (before.manifest?.version ?? 0) + 1 });
    await showsRight('reception');

    line.frame = (text) => text.replaceAll(next, held);
    // The server says the state anew to a player that has just come.
    await player('reception').end('SIGTERM');
    players.set('reception', startPython(player('reception').folder, line.url));
    await player('reception').tells('refused', ({ reason }) => /^manifest \d+ is older than \d+$/.test(reason));
    line.frame = (text) => text;
    await showsRight('reception');
  });

  it('hands in each play once, whatever is sent again and however it ended', async () => {
    await player('street').end('SIGKILL');
    const killed = player('street').journal().length;
    players.set('street', startPython(player('street').folder, line.url));
    await player('street').tells('shows');
    expect(JSON.parse(player('street').journal()[killed] ?? ''), 'what was open is closed').toMatchObject({
      kind: 'close',
      opened: killed,
      outcome: 'interrupted',
    });
    for (const channel of ['street', 'reception'] as const) {
      const { id } = await showsRight(channel);
      const texts = player(channel).journal();
      const opens = texts.map((text) => playEntrySchema.parse(JSON.parse(text))).filter(({ kind }) => kind === 'open');
      expect(opens.length).toBeGreaterThan(1);
      await until(async () => {
        const plays = playViewSchema.array().parse(await staff('GET', playPaths.plays(id)));
        expect(plays.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(opens.map(({ seq }) => seq));
        const { chains, findings } = playProofSchema.parse(await staff('GET', playPaths.playProof(id)));
        expect({ chains, findings }).toMatchObject({ chains: [{ received: texts.length, missing: 0 }], findings: [] });
      });
      const sent = line.uploads.map((text) => playBatchSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text)).payload)));
      expect(sent.filter(({ screen }) => screen === id).flatMap(({ entries }) => entries.filter((entry) => entry === texts[0])).length).toBeGreaterThan(1);
    }
  });

  it('takes figures, and obeys an alert and its end, where orders.py extends it', async () => {
    const restart = async (channel: string, program: 'player.py' | 'orders.py') => {
      await player(channel).end('SIGTERM');
      players.set(channel, startPython(player(channel).folder, line.url, program));
    };
    for (const channel of channels) {
      await restart(channel, 'orders.py');
      await until(async () => expect((await screenOf(channel)).health?.snapshot).toBeGreaterThan(0));
      if (channel !== 'kiosk') await restart(channel, 'player.py');
    }
    const { id } = await showsRight('kiosk');
    const words = { template: 'flood', slots: { road: 'Láng', from: 'Cầu Giấy', to: 'Ngã Tư Sở' } };
    const { revision, name, place, unit, contact, hours, tags, profile } = await screenOf('kiosk');
    await staff('PUT', screenPaths.screen(id), { revision, name, place, unit, contact, hours, tags, profile, operator: 'Công ty Ánh Sáng' });
    const asked = {
      target: { screens: [id], operators: ['CÔNG TY  ÁNH SÁNG'] },
      area: { vi: 'Phường Láng' },
      drill: false,
      minutes: 30,
      confirm: confirmWords.live,
      words,
    };
    const { order } = orderAnswerSchema.parse(await staff('POST', orderPaths.alerts, asked));
    const number = order?.number ?? 0;
    const shown = await player('kiosk').tells('shows', ({ item }) => item === `alert-${number}`);
    expect(shown.headline?.vi).toContain('Láng');
    await until(async () => expect(await screenOf('kiosk')).toMatchObject({ condition: 'alert', health: { orders: [{ number, obeyed: true }] } }));
    await staff('POST', orderPaths.end(number), { reason: 'Nước đã rút' });
    await showsRight('kiosk');
  });

  it('follows a roll-over of the content key, and no root document that the pinned one did not sign', async () => {
    const before = await screenOf('street');
    const heldRoot = () => z.object({ root: rootDocumentSchema }).parse(JSON.parse(readFileSync(join(player('street').folder, 'held.json'), 'utf8'))).root;
    const pinned = heldRoot();
    expect(pinned).toMatchObject({ number: 1 });
    // A stranger's next root document: signed by its own root key, but not by the pinned one.
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = keyId(rawPublicKey(privateKey));
    const roles = { ...pinned.roles, root: { keys: [key], threshold: 1 } };
    const foreign = JSON.stringify({ ...pinned, number: 2, keys: { ...pinned.keys, [key]: rawPublicKey(privateKey) }, roles });
    line.answer = (path, bytes) => (path.startsWith('/roots/number/2') ? Buffer.from(JSON.stringify(signPayload('root', foreign, privateKey))) : bytes);
    await server.end();
    rmSync(join(data, 'keys/content.pem'));
    await startServer();
    await player('street').tells('refused', ({ reason }) => reason.startsWith('root: 0 of 1 signatures'));
    expect(heldRoot()).toEqual(pinned);
    line.answer = (_, bytes) => bytes;
    const { version } = await player('street').tells('manifest');
    expect(version).toBeGreaterThan(before.manifest?.version ?? 0);
    await showsRight('street');
    expect(heldRoot()).toMatchObject({ number: 2 });
  });

  it('is paired by its code, with the four words that the console shows', async () => {
    const { profile } = await screenOf('reception');
    const { id } = screenViewSchema.parse(await staff('POST', screenPaths.screens, { name: 'Bảng thứ hai', channel: 'reception', profile }));
    players.set('other', startPython(playerFolder(), line.url));
    const { code, words } = await player('other').tells('pairing');
    expect(pairedSchema.parse(await staff('POST', screenPaths.pair, { code, screen: id, confirm: false })).words).toEqual(words);
    await staff('POST', screenPaths.pair, { code, screen: id });
    await until(async () => {
      const screens = screenViewSchema.array().parse(await staff('GET', screenPaths.screens));
      expect(screens.find((screen) => screen.id === id)).toMatchObject({ condition: 'correct' });
    });
  });
});
