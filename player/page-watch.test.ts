import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openBench, openPage, type Bench } from './testing/bench-player.ts';
import { messageItem, sampleManifest } from './testing/samples.ts';
import { startSmallServer, type SmallServer } from './testing/small-server.ts';

let bench: Bench;
let server: SmallServer;
beforeEach(async () => {
  bench = await openBench();
  server = await startSmallServer();
});
afterEach(async () => {
  await bench.clear();
  await server.stop();
});

test('fault 71: records no play while the output is smaller than the screen, and the standing turn from the moment on when it is not', async () => {
  const player = await bench.start({ enrol: server.token });
  const hash = server.publish(sampleManifest([messageItem('one', { seconds: 3_600 })]));
  await vi.waitFor(() => expect(player.health().manifest.playing).toBe(hash), { timeout: 25_000 });
  const page = openPage(player);
  const { id } = page.showNow();
  const beat = (width: number, height: number) => page.say({ type: 'beat', turn: id, frameAt: Date.now(), heapBytes: null, viewport: { width, height } });
  const entries = () => server.plays.map((entry) => (entry.kind === 'close' ? entry.reason : entry.kind));
  beat(800, 600);
  beat(800, 600);
  beat(1920, 1080);
  await vi.waitFor(() => expect(entries()).toEqual(['open', 'the output is smaller than the screen', 'open']), { timeout: 25_000 });
});
