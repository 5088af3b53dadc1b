// The line of a whole box broken in every way, over TLS: a passer-by sees the content before, turn by turn, until the new one is all there. Real player, real Chromium, real pixels.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../player/ed25519.ts';
import { broken, cutAfter, inTls, startFront, through, trickle, unvouched, type Front, type Serve } from '../../player/testing/broken-line.ts';
import { messageItem, pictureItem, sampleManifest } from '../../player/testing/samples.ts';
import { startSmallServer, type SmallServer } from '../../player/testing/small-server.ts';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { calm, startChaosProxy, type ChaosProxy } from '../support/chaos-proxy.ts';
import { root } from '../support/children.ts';
import { drawnShare } from '../support/pixels.ts';
import { visibleNow, waitForNextTurn } from '../support/stage.ts';
import { startTrial, type Trial } from '../support/trial.ts';
import { seed } from './support/random.ts';
import { partialFiles, wrongFiles } from './support/whole-files.ts';

const missing = chromiumPath() === undefined ? noBrowser : undefined;
const whole = process.env['TEST_FULL'] === '1';
const pem = join(root, 'player', 'testing', 'self-signed.pem');
const certificate = readFileSync(pem, 'utf8');
const secure = (serve: Serve) => inTls({ key: certificate, cert: certificate }, serve);
const turnsLookedAt = 2;

/** The others are broken for the player alone there. */
const daily = new Set(['is cut in the middle of each file', 'ends at a captive portal that answers 200 with its page']);

interface Case {
  readonly serve: Serve;
  /** The new content comes over the line as it is. */
  readonly arrives?: boolean;
  /** Bytes of the picture that has to come. */
  readonly bytes?: number;
}

describe.skipIf(missing !== undefined)(`fault 33, fault 35, fault 36, fault 41: the line of a box${missing === undefined ? '' : ` (${missing})`}`, () => {
  let server: SmallServer;
  let front: Front;
  let lossy: ChaosProxy;
  let trial: Trial;
  let version = 0;

  const cases: Record<string, () => Case> = {
    'is dead': () => ({ serve: broken['takes the connection and says nothing'] }),
    'carries 1 kB/s': () => ({ serve: secure(trickle(server.url, 1_000)), bytes: 20_000, arrives: whole }),
    'loses 30 % of what it carries': () => ({ serve: secure(through(lossy.url)), arrives: whole }),
    'is cut in the middle of each file': () => ({ serve: secure(cutAfter(server.url, 150_000)), bytes: 400_000, arrives: true }),
    'ends at a captive portal that answers 200 with its page': () => ({ serve: secure(broken['answers 200 with the page of a captive portal']) }),
    'meets a certificate that nobody vouches for': () => ({ serve: unvouched }),
    'leads to a server that answers 500': () => ({ serve: secure(broken['answers 500']) }),
    'leads to a server that answers garbage': () => ({ serve: secure(broken['answers garbage']) }),
  };

  /** Publishes a message and a picture of its own that is so heavy. */
  function publish(bytes: number): { manifest: string; file: string } {
    version += 1;
    const drawing = `<rect width="16" height="9" fill="#${(version * 1_234_567).toString(16).slice(0, 3)}"/><circle cx="8" cy="4" r="3" fill="#fff"/>`;
    const padding = randomBytes(bytes / 2).toString('hex');
    const picture = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9">${drawing}<!--${padding}--></svg>`);
    const file = { sha256: sha256(picture), bytes: picture.length, type: 'image/svg+xml' };
    const items = [messageItem(`words-${version}`, { seconds: 2 }), { ...pictureItem(`picture-${version}`, file.sha256), seconds: 2 }];
    return { manifest: server.publish(sampleManifest(items, { version, files: [file] }), [picture]), file: file.sha256 };
  }
  const plays = (manifest: string, timeout: number) => trial.stage.waitForSelector(`[data-manifest="${manifest}"]`, { state: 'attached', timeout });
  const files = () => join(trial.playerFolder, 'files');

  beforeAll(async () => {
    [server, front, lossy] = await Promise.all([startSmallServer(), startFront(), startChaosProxy(Number(seed))]);
    lossy.lead(server.url);
    lossy.be({ ...calm, drop: 0.3 });
    front.answer(secure(through(server.url)));
    const enrol = server.tokenAt(`https://127.0.0.1:${front.port}`);
    trial = await startTrial({ screen: 'reception', withoutServer: true, enrol, env: { NODE_EXTRA_CA_CERTS: pem } });
    await plays(publish(100).manifest, 60_000);
  });
  afterAll(async () => {
    await trial.stop();
    await Promise.all([front.stop(), lossy.stop(), server.stop()]);
  });

  for (const [name, make] of Object.entries(cases)) {
    it.skipIf(!whole && !daily.has(name))(whole || daily.has(name) ? name : `${name} (the whole suite only)`, { timeout: 600_000 }, async () => {
      const { serve, arrives = false, bytes = 10_000 } = make();
      const before = (await visibleNow(trial.stage))?.manifest;
      front.answer(serve);
      const next = publish(bytes);
      const allowed = arrives ? [before, next.manifest] : [before];
      for (let turns = 0; turns < turnsLookedAt; turns += 1) {
        const visible = await visibleNow(trial.stage);
        expect(visible?.state).toBe('playing');
        expect(allowed).toContain(visible?.manifest);
        expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
        await waitForNextTurn(trial.stage, visible?.turn ?? '');
      }
      if (!arrives) {
        expect(existsSync(join(files(), next.file))).toBe(false);
        front.answer(secure(through(server.url)));
      }
      const healed = performance.now();
      await plays(next.manifest, 500_000);
      process.stdout.write(`a line that ${name}: the new content ${Math.round(performance.now() - healed)} ms after two turns\n`);
      await trial.stage.waitForSelector(`[data-item="picture-${version}"][data-turn]`, { state: 'attached', timeout: 60_000 });
      expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
      expect([wrongFiles(files()), partialFiles(files())]).toEqual([[], []]);
      front.answer(secure(through(server.url)));
    });
  }
});
