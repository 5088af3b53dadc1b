// From the console's publish request to the new content on the visible layer of a real screen: 50 changes, media cached.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playlistViewSchema, publishedSchema, type PlaylistView, playlistPaths } from '../core/playlist-api.ts';
import { sentItems } from '../core/playlist-draft.ts';
import { boardOnly, playlistsWith } from '../tests/support/playlists.ts';
import { startTrial } from '../tests/support/trial.ts';
import { signedInFetch } from '../tests/support/staff.ts';
import { percentile, report } from './support/report.ts';

const changes = 50;
const folder = mkdtempSync(join(tmpdir(), 'ihanoi-publish-'));

/** The programme alternates between two messages that fill the hour, so every publish changes the picture. */
const twoMessages = playlistsWith(folder, (playlist) => ({
  ...boardOnly(playlist),
  items: ['a', 'b'].map((id) => ({ id, name: id, scene: 'message' as const, props: { heading: { vi: `Thông báo ${id}` } }, seconds: 3_600 })),
}));
const trial = await startTrial({ screen: 'street', playlists: twoMessages });

try {
  const staff = await signedInFetch(trial.url, trial.signInLink);
  let view: PlaylistView = playlistViewSchema.parse(await staff('GET', playlistPaths.playlist('street')));
  const samples: number[] = [];
  const bare: number[] = [];
  for (let change = 0; change < changes; change++) {
    const shown = change % 2 === 0 ? 'b' : 'a';
    const arranged = sentItems(view.items).map((item) => ({ ...item, enabled: item.id === shown }));
    view = playlistViewSchema.parse(await staff('PUT', playlistPaths.playlist('street'), { revision: view.revision, items: arranged }));
    const pixel = trial.stage.evaluate(
      (item) =>
        new Promise<number>((resolve) => {
          const look = () => {
            if (document.querySelector<HTMLElement>('[data-item][data-turn]')?.dataset['item'] === item) resolve(Date.now());
            else requestAnimationFrame(look);
          };
          look();
        }),
      shown,
    );
    const began = Date.now();
    publishedSchema.parse(await staff('POST', playlistPaths.publish('street'), { revision: view.revision }));
    samples.push((await pixel) - began);
    const baseBegan = performance.now();
    await staff('GET', playlistPaths.playlist('street'));
    bare.push(performance.now() - baseBegan);
  }
  const baseline = { name: 'one read request to the same server, p50', value: percentile(bare, 0.5) };
  report({ bench: 'publish-to-pixel', metric: 'p50', value: percentile(samples, 0.5), unit: 'ms', aim: 1_000, baseline });
  report({ bench: 'publish-to-pixel', metric: 'p95', value: percentile(samples, 0.95), unit: 'ms', aim: 1_000, baseline });
} finally {
  await trial.stop();
  rmSync(folder, { recursive: true, force: true });
}
