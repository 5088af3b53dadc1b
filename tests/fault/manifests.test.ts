// Manifest after manifest, faster than a box can show them: one of them is on the glass at every look, never an older one, and the last one in the end.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { messageItem, sampleManifest } from '../../player/testing/samples.ts';
import { startSmallServer, type SmallServer } from '../../player/testing/small-server.ts';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { drawnShare } from '../support/pixels.ts';
import { visibleNow } from '../support/stage.ts';
import { startTrial, type Trial } from '../support/trial.ts';

const manifests = process.env['TEST_FULL'] === '1' ? 10_000 : 200;
const missing = chromiumPath() === undefined ? noBrowser : undefined;
/** Looks at the glass so often, in manifests. */
const lookEvery = 20;
/** Documents of what plays, of what may play again, and of what is being fetched. */
const mostDocuments = 12;

describe.skipIf(missing !== undefined)(`${manifests} manifests in a row${missing === undefined ? '' : ` (${missing})`}`, () => {
  const versions = new Map<string, number>();
  let server: SmallServer;
  let trial: Trial;

  const publish = (version: number) => {
    const hash = server.publish(sampleManifest([messageItem('mot', { seconds: 1 }), messageItem('hai', { seconds: 1 })], { version }));
    versions.set(hash, version);
    return hash;
  };

  beforeAll(async () => {
    server = await startSmallServer();
    trial = await startTrial({ screen: 'street', withoutServer: true, enrol: server.token });
    await trial.stage.waitForSelector(`[data-manifest="${publish(1)}"]`, { state: 'attached', timeout: 60_000 });
  });
  afterAll(async () => {
    await trial.stop();
    await server.stop();
  });

  it('leave one of them on the glass at any time, and the last one in the end', { timeout: 60_000 + manifests * 100 }, async ({ annotate }) => {
    const shown = new Set<number>();
    const look = async () => {
      const visible = await visibleNow(trial.stage);
      const version = versions.get(visible?.manifest ?? '') ?? 0;
      expect([visible?.state, version >= Math.max(...shown, 1)], `${version} after ${Math.max(...shown, 1)}`).toEqual(['playing', true]);
      shown.add(version);
    };
    let last = '';
    for (let version = 2; version <= manifests; version += 1) {
      last = publish(version);
      await pause(10);
      if (version % lookEvery === 0) await look();
    }
    await vi.waitFor(async () => expect((await visibleNow(trial.stage))?.manifest).toBe(last), { timeout: 60_000, interval: 50 });
    expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
    expect(readdirSync(join(trial.playerFolder, 'documents')).length).toBeLessThan(mostDocuments);
    expect(server.health.at(-1)?.incidents?.['page-reload'] ?? 0).toBe(0);
    const line = `${manifests} manifests, ${shown.size} of them seen on the glass`;
    process.stdout.write(`${line}\n`);
    await annotate(line);
  });
});
