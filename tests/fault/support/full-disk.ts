// Runs inside a mount of its own: a real player on a small disk that is filled and cleared again; prints what was seen as one line of JSON.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { sha256 } from '../../../player/ed25519.ts';
import { machineClock } from '../../../player/machine-clock.ts';
import { startPlayer } from '../../../player/player.ts';
import { openPage, silentLog } from '../../../player/testing/bench-player.ts';
import { messageItem, pictureItem, sampleManifest, sampleProfile } from '../../../player/testing/samples.ts';
import { startSmallServer } from '../../../player/testing/small-server.ts';
import { openTwoCopies } from '../../../player/two-copies.ts';
import { root } from '../../support/children.ts';
import { journalOf } from '../../support/plays.ts';

const [folder = ''] = process.argv.slice(2);
const patienceMs = 60_000;

async function until(what: string, isSo: () => boolean): Promise<void> {
  const began = performance.now();
  while (!isSo()) {
    if (performance.now() - began > patienceMs) throw new Error(`waited for ${what}`);
    await pause(20);
  }
}

/** Looks at the disk and asks the server as often as a test likes. */
const quick = { ...machineClock, after: (ms: number, run: () => void) => machineClock.after(ms >= 10_000 ? ms / 50 : ms, run) };
const server = await startSmallServer();
const player = await startPlayer({
  ...{ dataDir: folder, factoryProfile: sampleProfile, version: 'test', log: silentLog, clock: quick, enrol: server.token },
  ...{ playlistsDir: join(root, 'playlists'), assetsDir: join(root, 'assets') },
});
const warnings = () => (player.health().warnings ?? []).map(({ code }) => code);
const hasReserve = () => existsSync(join(folder, 'reserve'));
const written = () => journalOf(folder).length;

const first = server.publish(sampleManifest([messageItem('first', { seconds: 2 }), messageItem('other', { seconds: 2 })]));
await until('the first manifest', () => player.health().manifest.playing === first);
await until('the reserve', hasReserve);
const page = openPage(player, quick);
page.showNow();

const fill = () => {
  const { bavail, bsize } = statfsSync(folder);
  for (let bytes = bavail * bsize; bytes > 0; bytes = Math.min(bytes - bsize, statfsSync(folder).bavail * bsize)) {
    try {
      writeFileSync(join(folder, `filler-${bytes}`), Buffer.alloc(bytes));
    } catch {
      // Less fits than the file system says.
    }
  }
};
fill();
const witness = await openTwoCopies({ folder, name: 'witness', schema: z.int(), log: silentLog });
const smallWhenFull = await witness.write(1);
let shown = '';
const showNext = () => {
  const now = Date.now();
  const turn = page.plan?.turns.find(({ start, end }) => now >= start && now < end);
  if (turn && turn.id !== shown) shown = page.showNow().id;
};
await until('a full disk', () => {
  showNext();
  return warnings().includes('disk-full');
});
const [reserveWhenFull, fullWarnings] = [hasReserve(), warnings()];
const picture = Buffer.alloc(12 * 2 ** 20, 'ảnh');
const files = [{ sha256: sha256(picture), bytes: picture.length, type: 'image/png' }];
const items = [pictureItem('picture', sha256(picture)), messageItem('words', { seconds: 2 })];
// The room of the reserve is for plays; a campaign does not fit.
const second = server.publish(sampleManifest(items, { version: 2, files }), [picture]);
await until('the reason', () => player.health().manifest.reason !== undefined);
const newWhenFull = player.health().manifest.reason ?? '';
const before = player.health().journal.last;
await until('two more plays', () => {
  showNext();
  return player.health().journal.last >= before + 4;
});
await until('all plays on disk', () => written() === player.health().journal.last);
const full = {
  fullPlaying: player.health().manifest.playing,
  fullWarnings,
  pendingWhenFull: player.health().journal.last,
  writtenWhenFull: written(),
};

for (const name of execFileSync('ls', [folder], { encoding: 'utf8' }).split('\n')) if (name.startsWith('filler-')) rmSync(join(folder, name));
await until('the second manifest', () => player.health().manifest.playing === second);
await until('the reserve again', hasReserve);
await until('no warning', () => !warnings().includes('disk-full'));
const after = { reserveAfter: hasReserve(), playingAfter: player.health().manifest.playing, warningsAfter: warnings() };

process.stdout.write(`${JSON.stringify({ first, second, smallWhenFull, reserveWhenFull, newWhenFull, ...full, ...after })}\n`);
process.exit(0);
