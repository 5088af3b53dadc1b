// How fast a campaign of 500 MB reaches a screen's disk: published, fetched, verified, flushed and switched to by the real player, against curl fetching the same files.
import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playerPaths } from '../core/protocol.ts';
import { sha256 } from '../player/ed25519.ts';
import { openBench } from '../player/testing/bench-player.ts';
import { pictureItem, sampleManifest } from '../player/testing/samples.ts';
import { startSmallServer } from '../player/testing/small-server.ts';
import { report } from './support/report.ts';

const files = 50;
const fileBytes = 10 * 2 ** 20;
const megabytes = (files * fileBytes) / 1e6;

/** A process of its own, so that sending does not take the receiver's time. */
async function serve(): Promise<void> {
  const server = await startSmallServer();
  const media = Array.from({ length: files }, () => randomBytes(fileBytes));
  const named = media.map((bytes) => ({ sha256: sha256(bytes), bytes: bytes.length, type: 'image/png' }));
  process.on('message', () => {
    server.publish(
      sampleManifest(
        named.map(({ sha256: hash }, index) => pictureItem(`picture-${index}`, hash)),
        { files: named },
      ),
      media,
    );
  });
  process.send?.({ url: server.url, token: server.token, hashes: named.map(({ sha256: hash }) => hash) });
}

async function measure(): Promise<void> {
  const child = fork(import.meta.filename, ['serve']);
  const bench = await openBench();
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-curl-'));
  try {
    const [{ url, token, hashes }] = (await once(child, 'message')) as [{ url: string; token: string; hashes: string[] }];
    const player = await bench.start({ enrol: token });
    while (!player.health().clock.trusted) await new Promise((resolve) => setImmediate(resolve));
    const began = performance.now();
    child.send('publish');
    while (player.health().manifest.playing === 'factory') await new Promise((resolve) => setTimeout(resolve, 5));
    const synced = performance.now() - began;
    await player.stop();

    const bareBegan = performance.now();
    const addresses = hashes.flatMap((hash) => [new URL(playerPaths.media(hash), url).href, '--output', join(folder, hash)]);
    const [code] = (await once(
      spawn('curl', ['--silent', '--no-progress-meter', '--fail', '--parallel', '--parallel-max', '3', ...addresses], { stdio: 'inherit' }),
      'exit',
    )) as [number];
    if (code !== 0) throw new Error(`curl ended with code ${code}`);
    const bare = performance.now() - bareBegan;
    report({
      ...{ bench: 'sync', metric: 'campaign-of-500-MB', value: (megabytes / synced) * 1_000, unit: 'MB/s' },
      baseline: { name: 'curl, three files at once, not verified, not flushed', value: (megabytes / bare) * 1_000 },
    });
  } finally {
    await bench.clear();
    rmSync(folder, { recursive: true, force: true });
    child.kill();
  }
}

await (process.argv[2] === 'serve' ? serve() : measure());
