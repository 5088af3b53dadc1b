// Films that no browser can show, in a campaign on a real box: each is left out with its reason, and the screen never has a gap.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Item } from '../../core/playlist.ts';
import { sha256 } from '../../player/ed25519.ts';
import { messageItem, sampleManifest } from '../../player/testing/samples.ts';
import { startSmallServer, type SmallServer } from '../../player/testing/small-server.ts';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { root } from '../support/children.ts';
import { drawnShare } from '../support/pixels.ts';
import { visibleNow } from '../support/stage.ts';
import { startTrial, type Trial } from '../support/trial.ts';

const film = (name: string) => readFileSync(join(root, 'tests/fixtures/videos', name));
const poster = film('poster.png');
/** One names no length and runs for a minute: the playlist ends its turn all the same. */
const good = { moving: film('moving-h264.mp4'), endless: film('endless-h264.mp4') };
/** Each with what the box must say of it. */
const bad = {
  hevc: { bytes: film('hevc.mp4'), reason: /no picture|cannot be decoded/ },
  sound: { bytes: film('sound-only.mp4'), reason: /no picture/ },
  cut: { bytes: film('truncated.mp4'), reason: /cannot be decoded|no picture/ },
  nothing: { bytes: Buffer.of(0), reason: /cannot be decoded/ },
};
const turnSeconds = 3;
/** The next one's two seconds, those of its substitute, and a picture of the screen. */
const overdueSeconds = 8;

const filmItem = (id: string, bytes: Buffer): Item =>
  messageItem(id, { scene: 'video', props: { media: sha256(bytes), poster: sha256(poster), alt: { vi: `Phim ${id}` } }, seconds: turnSeconds });

describe.skipIf(chromiumPath() === undefined)(`films on a box${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let server: SmallServer;
  let trial: Trial;

  beforeAll(async () => {
    server = await startSmallServer();
    trial = await startTrial({ screen: 'reception', withoutServer: true, enrol: server.token });
  });
  afterAll(async () => {
    await trial.stop();
    await server.stop();
  });

  const refused = () =>
    new Map(
      readFileSync(join(trial.playerFolder, 'player.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => msg === 'an item cannot be shown')
        .map(({ item, reason }) => [String(item), String(reason)]),
    );

  it('fault 18, fault 21: plays the good ones to the end of their turn, leaves out those without a picture, and shows no gap', async () => {
    const films = [...Object.entries(good), ...Object.entries(bad).map(([id, { bytes }]) => [id, bytes] as const)];
    const all = [poster, ...films.map(([, bytes]) => bytes)];
    const files = all.map((bytes) => ({ sha256: sha256(bytes), bytes: bytes.length, type: bytes === poster ? 'image/png' : 'video/mp4' }));
    const items = films.map(([id, bytes]) => filmItem(id, bytes));
    const hash = server.publish(sampleManifest([messageItem('words', { seconds: turnSeconds }), ...items], { files }), all);
    await trial.stage.waitForSelector(`[data-manifest="${hash}"]`, { state: 'attached', timeout: 60_000 });

    const seen = new Set<string | undefined>();
    const last = new Map<string, number>();
    await vi.waitFor(
      async () => {
        const visible = await visibleNow(trial.stage);
        seen.add(visible?.item);
        if (visible) last.set(visible.turn, Date.now());
        expect(visible?.state).toBe('playing');
        expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
        expect([...refused().keys()].toSorted()).toEqual(Object.keys(bad).toSorted());
        expect([...seen]).toEqual(expect.arrayContaining(['words', ...Object.keys(good)]));
      },
      { timeout: 90_000, interval: 250 },
    );
    for (const [id, { reason }] of Object.entries(bad)) expect(refused().get(id)).toMatch(reason);
    // A turn's name begins with its start; none outstays its end by more than the next one may take.
    for (const [turn, at] of last) expect(at - Number.parseInt(turn, 36), turn).toBeLessThan((turnSeconds + overdueSeconds) * 1_000);
    expect([...seen].filter((item) => item !== undefined && item in bad)).toEqual([]);
    // The same manifest still plays: what cannot be shown is left out, and no older campaign comes back for it.
    expect((await visibleNow(trial.stage))?.manifest).toBe(hash);
  });
});
