// Content that nobody may show: replayed, frozen, mixed, for others, signed by too few; and screens and keys that were revoked.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Envelope } from '../core/signed.ts';
import { machineClock, type MachineClock } from './machine-clock.ts';
import type { Player } from './player.ts';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { messageItem, sampleManifest, sampleProfile } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';
import { until } from './testing/until.ts';

const codes = (player: Player) => player.health().warnings?.map(({ code }) => code) ?? [];
const content = (name: string, version: number) => sampleManifest([messageItem(name)], { version });

let bench: Bench;
let servers: SmallServer[];
const serve = async (options: Parameters<typeof startSmallServer>[0] = {}) => {
  const server = await startSmallServer(options);
  servers.push(server);
  return server;
};
beforeEach(async () => {
  bench = await openBench();
  servers = [];
});
afterEach(async () => {
  await bench.clear();
  for (const server of servers) await server.stop();
});

describe('fault 84: a server that was taken over', () => {
  const street = { ...sampleProfile, kind: 'led' as const, audience: 'traffic' as const };
  const signedBy = (manifest: object, signers: readonly { sign(purpose: 'manifest', document: object): Envelope }[]): Envelope => {
    const envelopes = signers.map((signer) => signer.sign('manifest', manifest));
    return { payload: envelopes[0]?.payload ?? '', signatures: envelopes.flatMap(({ signatures }) => signatures) };
  };

  test('shows nothing new on a street where two have to sign, whatever viewers it names', async () => {
    const server = await serve({ trafficThreshold: 2 });
    server.assign({ profile: street });
    const player = await bench.start({ enrol: server.token, factoryProfile: street });
    const page = openPage(player);
    server.offer(signedBy(content('approved', 1), [server.content, ...server.approvers]));
    await until(() => expect(page.plan?.items).toHaveProperty('approved'));
    const approved = page.plan?.manifest;

    server.publish(content('forged', 2));
    await until(() => expect(player.health().manifest.reason).toMatch(/1 of 2 signatures/));
    expect([page.plan?.manifest, codes(player)]).toEqual([approved, ['unsigned-offered']]);

    // The same key alone says that only people indoors look at this screen.
    server.assign({ profile: { ...street, audience: 'indoor' } });
    const detail = () => player.health().warnings?.find(({ code }) => code === 'unsigned-offered')?.detail;
    await until(() => expect(detail()).toMatch(/fewer signatures/));
    server.publish(content('forged-too', 3));
    await until(() => expect(detail()).toMatch(/1 of 2 signatures/));
    expect([page.plan?.manifest, page.plan?.profile.audience]).toEqual([approved, 'traffic']);

    await player.stop();
    await server.stop();
    expect(openPage(await bench.start({ factoryProfile: street })).plan?.manifest).toBe(approved);
  });

  test('still names a screen anew, in everything that lowers no threshold', async () => {
    const server = await serve({ trafficThreshold: 2 });
    server.assign({ profile: street });
    const player = await bench.start({ enrol: server.token, factoryProfile: street });
    await until(() => expect(player.health().manifest.accepted).toBe(0));
    server.assign({ profile: street, name: 'Ngã tư mới' });
    await until(() => expect(openPage(player).plan?.screen.name).toBe('Ngã tư mới'));
  });
});

describe('content that is not what it should be', () => {
  let server: SmallServer;
  let player: Player;
  let good: string;
  beforeEach(async () => {
    server = await serve();
    player = await bench.start({ enrol: server.token });
    server.publish(content('first', 4));
    good = server.publish(content('second', 5));
    await until(() => expect(player.health().manifest.playing).toBe(good));
  });

  test('fault 85: an old manifest is refused and told to the desk, also after a restart and after the record of it is lost', async () => {
    server.publish(content('first', 4));
    await until(() => expect(codes(player)).toEqual(['old-offered']));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 5 });
    await until(() => expect(server.health.at(-1)?.warnings?.[0]?.code).toBe('old-offered'));
    await player.stop();
    for (const copy of ['accepted.a.json', 'accepted.b.json']) await rm(join(bench.folder, copy));
    player = await bench.start();
    await until(() => expect(codes(player)).toContain('old-offered'));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 5 });
  });

  test('fault 87: the signature of one manifest over the words of another is refused', async () => {
    const [one, other] = [server.content.sign('manifest', content('one', 6)), server.content.sign('manifest', content('other', 7))];
    server.offer({ payload: other.payload, signatures: one.signatures });
    await until(() => expect(codes(player)).toEqual(['unsigned-offered']));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 5 });
  });

  test('the manifest of another channel is refused and told to the desk', async () => {
    server.publish({ ...content('elsewhere', 9), channel: 'street' });
    await until(() => expect(codes(player)).toEqual(['foreign-offered']));
    expect(player.health().manifest.playing).toBe(good);
  });

  test.each(['../../../etc/passwd', 'ab/cd', '', 'A'.repeat(64), `${'a'.repeat(63)}\0`])(
    'a file under the name %j is no file: paths never come from content',
    async (sha256) => {
      server.publish({ ...content('path', 9), files: [{ sha256, bytes: 3, type: 'image/png' }] });
      await until(() => expect(player.health().manifest.reason).toMatch(/bad-document/));
      expect(player.health().manifest.playing).toBe(good);
      expect(server.asked.some((path) => path.startsWith('/media/'))).toBe(false);
    },
  );

  test('a manifest of more than four million bytes is refused before it is read', async () => {
    const long = Array.from({ length: 450 }, (_, index) => messageItem(`item-${index}`, { props: { heading: { vi: 'x'.repeat(10_000) } } }));
    server.publish(sampleManifest(long, { version: 9 }));
    await until(() => expect(player.health().manifest.reason).toMatch(/too long/));
    expect(player.health().manifest).toMatchObject({ playing: good, accepted: 5 });
  });
});

describe('fault 33, 34, 86: a server that is away, or frozen', () => {
  const hours = (clock: { aheadMs: number }, count: number) => {
    clock.aheadMs += count * 3_600_000;
  };
  const ahead = () => {
    const clock: MachineClock & { aheadMs: number } = {
      ...machineClock,
      aheadMs: 0,
      now: () => Date.now() + clock.aheadMs,
      monoMs: () => machineClock.monoMs() + clock.aheadMs,
    };
    return clock;
  };

  test('fault 52: an item past its end date is gone at that minute, also without a server', async () => {
    const clock = ahead();
    const server = await serve({ now: () => clock.now() });
    const player = await bench.start({ enrol: server.token, clock });
    const page = openPage(player, clock);
    // Days end at midnight in Hà Nội, seven hours before UTC.
    const day = 86_400_000;
    const midnight = Math.ceil((clock.now() + 7 * 3_600_000) / day) * day - 7 * 3_600_000;
    const lastDay = new Date(midnight - 1 + 7 * 3_600_000).toISOString().slice(0, 10);
    const items = [messageItem('paid', { windows: [{ endDate: lastDay }] }), messageItem('always')];
    const hash = server.publish(sampleManifest(items));
    await until(() => expect(page.plan?.manifest).toBe(hash));
    await until(() => expect(player.health().clock.trusted).toBe(true));
    await server.stop();
    clock.aheadMs += midnight - 180_000 - clock.now();
    await until(() => expect(page.plan?.turns[0]?.start).toBeGreaterThan(midnight - 300_000));
    const turns = page.plan?.turns ?? [];
    expect(turns.at(-1)?.end).toBeGreaterThan(midnight);
    expect(turns.some(({ item }) => item === 'paid')).toBe(true);
    for (const { item, end } of turns) if (item === 'paid') expect(end).toBeLessThanOrEqual(midnight);
    clock.aheadMs += 181_000;
    await until(() => expect(page.plan?.turns[0]?.start).toBeGreaterThan(midnight - 60_000));
    expect(page.plan?.turns.filter(({ item, end }) => item === 'paid' && end > midnight)).toEqual([]);
    expect([page.plan?.manifest, page.showNow().item]).toEqual([hash, 'always']);
  });

  test('gives way to the factory playlist after thirty days in one run, says so, and comes back with the server', async () => {
    const clock = ahead();
    const server = await serve({ now: () => clock.now() });
    const player = await bench.start({ enrol: server.token, clock });
    const page = openPage(player, clock);
    const hash = server.publish(content('a', 1));
    await until(() => expect(page.plan?.manifest).toBe(hash));
    await until(() => expect(player.health().clock.trusted).toBe(true));
    await server.stop();
    // Fault 33: three days without a network are nothing that anybody sees.
    hours(clock, 72);
    await until(() => expect(page.plan?.turns[0]?.start).toBeGreaterThan(clock.now() - 120_000));
    expect(page.plan?.manifest).toBe(hash);
    hours(clock, 30 * 24 - 73);
    await until(() => expect(page.plan?.turns[0]?.start).toBeGreaterThan(clock.now() - 120_000));
    expect(page.plan?.manifest).toBe(hash);
    hours(clock, 2);
    await until(() => expect(page.plan?.manifest).toBe('factory'));
    expect(codes(player)).toContain('out-of-date');
    await player.stop();

    const again = await bench.start({ clock });
    const pageAgain = openPage(again, clock);
    expect(pageAgain.plan?.manifest).toBe('factory');
    await server.start();
    await until(() => expect(pageAgain.plan?.manifest).toBe(hash));
    expect(codes(again)).not.toContain('out-of-date');
  });
});

describe('fault 88: a screen that was revoked', () => {
  test('shows no content and says so, over restarts and without its server', async () => {
    const server = await serve();
    const player = await bench.start({ enrol: server.token });
    const page = openPage(player);
    server.publish(content('a', 1));
    await until(() => expect(page.plan?.items).toHaveProperty('a'));
    server.assign({ state: 'revoked' });
    await until(() => expect(page.isRevoked).toBe(true));
    await player.stop();
    await server.stop();
    for (let start = 0; start < 2; start += 1) {
      const alone = await bench.start();
      const seen = openPage(alone);
      expect([seen.isRevoked, seen.plan, alone.health().state]).toEqual([true, undefined, 'revoked']);
      await alone.stop();
    }
    await server.start();
    const again = openPage(await bench.start());
    server.assign({ state: 'active' });
    await until(() => expect(again.isRevoked).toBe(false));
    expect(again.plan?.items).toHaveProperty('a');
  });
});

describe('fault 82: root keys that were replaced', () => {
  test('are followed by a player that was away for three roll-overs', async () => {
    const server = await serve();
    const first = await bench.start({ enrol: server.token });
    const old = server.publish(content('old', 1));
    await until(() => expect(first.health().manifest.playing).toBe(old));
    server.rollOver();
    await until(() => expect(server.asked.filter((path) => path.startsWith('/assignments/')).length).toBeGreaterThanOrEqual(2));
    await first.stop();
    for (let times = 0; times < 3; times += 1) server.rollOver();
    const hash = server.publish(content('new', 2));
    const player = await bench.start();
    await until(() => expect(player.health().manifest.playing).toBe(hash));
    expect(server.asked.filter((path) => path.startsWith('/roots/number/'))).toEqual(['/roots/number/3', '/roots/number/4']);
    await player.stop();

    // What was verified before the roll-over plays on without the server, and nothing new of the old key is taken.
    server.rollOver();
    const before = server.asked.length;
    const rolled = await bench.start();
    await until(() => expect(server.asked.slice(before).some((path) => path.startsWith('/assignments/'))).toBe(true));
    await until(() => expect(rolled.health().clock.trusted).toBe(true));
    expect(rolled.health().manifest.playing).toBe(hash);
    await rolled.stop();
    await server.stop();
    const alone = await bench.start();
    expect(openPage(alone).plan?.manifest).toBe(hash);
  });
});
