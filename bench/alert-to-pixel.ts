// From the clerk's click to the picture: an alert from a template on the page of a real screen, and its end until the programme is back; 20 of each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confirmWords, orderAnswerSchema, orderPaths } from '../core/order-api.ts';
import { boardOnly, playlistsWith } from '../tests/support/playlists.ts';
import { signedInFetch } from '../tests/support/staff.ts';
import { startTrial } from '../tests/support/trial.ts';
import { percentile, report } from './support/report.ts';

const rounds = 20;
const folder = mkdtempSync(join(tmpdir(), 'ihanoi-alert-'));
const trial = await startTrial({ screen: 'reception', playlists: playlistsWith(folder, boardOnly) });

/** When the page has drawn a frame that holds this, by the clock of the machine. */
const drawn = (selector: string) =>
  trial.stage.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(wanted)) requestAnimationFrame(() => resolve(Date.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
    selector,
  );

try {
  const staff = await signedInFetch(trial.url, trial.signInLink);
  await drawn('html[data-state="playing"]:not([data-manifest="factory"]) [data-item]');
  const shown: number[] = [];
  const cleared: number[] = [];
  const bare: number[] = [];
  const words = { template: 'flood', slots: { road: 'Láng', from: 'Cầu Giấy', to: 'Ngã Tư Sở' } };
  for (let round = 0; round < rounds; round++) {
    const alert = drawn('[data-cover^="alert-"]');
    let began = Date.now();
    const body = { target: {}, area: { vi: 'Phường Láng' }, drill: false, minutes: 5, words, confirm: confirmWords.live, basis: '' };
    const { order } = orderAnswerSchema.parse(await staff('POST', orderPaths.alerts, body));
    shown.push((await alert) - began);
    const programme = drawn('html[data-state="playing"]:not(:has([data-cover])) [data-item]');
    began = Date.now();
    await staff('POST', orderPaths.end(order?.number ?? 0), { reason: 'Đã sửa xong' });
    cleared.push((await programme) - began);
    const baseBegan = performance.now();
    await staff('GET', orderPaths.orders);
    bare.push(performance.now() - baseBegan);
  }
  const baseline = { name: 'one read request to the same server, p50', value: percentile(bare, 0.5) };
  for (const [metric, samples] of Object.entries({ shown, cleared })) {
    report({ bench: 'alert-to-pixel', metric: `${metric}-p50`, value: percentile(samples, 0.5), unit: 'ms', aim: 1_000, baseline });
    report({ bench: 'alert-to-pixel', metric: `${metric}-p95`, value: percentile(samples, 0.95), unit: 'ms', aim: 1_000, baseline });
  }
} finally {
  await trial.stop();
  rmSync(folder, { recursive: true, force: true });
}
