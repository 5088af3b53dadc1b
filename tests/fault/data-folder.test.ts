// Every kind of file in a player's data folder is cut, changed, removed and locked away, one at a time; each time something correct is on screen.
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sha256 } from '../../player/ed25519.ts';
import { openBench, openPage, type Bench } from '../../player/testing/bench-player.ts';
import { messageItem, pictureItem, sampleManifest, sampleSnapshot } from '../../player/testing/samples.ts';
import { startSmallServer, type SmallServer } from '../../player/testing/small-server.ts';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { drawnShare } from '../support/pixels.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { visibleNow } from '../support/stage.ts';
import { startTrial, type Trial } from '../support/trial.ts';
import { chance, seed } from './support/random.ts';
import { wrongFiles } from './support/whole-files.ts';

const whole = process.env['TEST_FULL'] === '1';
const isRoot = process.getuid?.() === 0;
/** Something correct is on screen within this time; a loaded machine gets five times as long. */
const promiseMs = 5_000;
const limitMs = 5 * promiseMs;
const picture = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#c22"/><circle cx="8" cy="4" r="3" fill="#fff"/></svg>',
);
const large = Buffer.alloc(3 * 2 ** 20, 'ảnh');
const fileOf = (bytes: Buffer, type = 'image/svg+xml') => ({ sha256: sha256(bytes), bytes: bytes.length, type });

/** Files that differ only in a hash, a chain or a number are one kind. */
const kindOf = (path: string) =>
  path
    .replace(/[0-9a-f]{64}/g, 'HASH')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'CHAIN')
    .replace(/\d{12}/g, 'N');

/** One file of each kind, by listing what is really there. */
function kinds(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name));
    found.set(kindOf(path), [...(found.get(kindOf(path)) ?? []), path]);
  }
  return found;
}

const wrongs: Record<string, (path: string) => void> = {
  'cut in half': (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  emptied: (path) => truncateSync(path, 0),
  'changed by a bit': (path) => {
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length / 3);
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  },
  removed: (path) => rmSync(path),
  ...(isRoot ? {} : { unreadable: (path: string) => chmodSync(path, 0) }),
};

/** A box with two manifests, media, figures, plays and a broken download. */
async function fill(server: SmallServer, playing: () => string | undefined): Promise<{ older: string; newer: string }> {
  const plays = (hash: string) => vi.waitFor(() => expect(playing()).toBe(hash), { timeout: 60_000, interval: 20 });
  const older = server.publish(sampleManifest([messageItem('old', { seconds: 2 })], { files: [] }));
  await plays(older);
  const items = [pictureItem('picture', sha256(picture)), messageItem('words')].map((item) => ({ ...item, seconds: 3 }));
  const newer = server.publish(sampleManifest(items, { version: 2, files: [fileOf(picture)] }), [picture]);
  server.pushSnapshot(sampleSnapshot(2), sampleSnapshot(1));
  // Of another year, so that it is kept and covers nothing; and something that was asked of the box.
  const dates = { from: '2090-01-01', until: '2090-01-02', zone: 'Asia/Ho_Chi_Minh' };
  server.order({ number: 1, issuedAt: Date.now(), kind: 'solemn', target: {}, occasion: { vi: 'Quốc tang' }, ...dates });
  await server.askCommand('identify');
  await plays(newer);
  return { older, newer };
}

sideBySide('a player whose data folder is damaged', undefined, () => {
  const kept = mkdtempSync(join(tmpdir(), 'ihanoi kept '));
  let bench: Bench;
  let server: SmallServer;
  let correct: string[];
  let newest: string;

  beforeAll(async () => {
    bench = await openBench();
    server = await startSmallServer();
    const player = await bench.start({ enrol: server.token });
    const { older, newer } = await fill(server, () => player.health().manifest.playing);
    [correct, newest] = [[older, newer, 'factory'], newer];
    const page = openPage(player);
    page.showNow();
    const turn = page.plan?.turns.find(({ item }) => item === 'words');
    page.say({ type: 'failed', turn: turn?.id ?? '', item: 'words', reason: 'no picture' });
    for (const name of ['quarantine', 'orders', 'commands'])
      await vi.waitFor(() => expect(existsSync(join(bench.folder, `${name}.b.json`)), name).toBe(true), { timeout: 10_000 });
    await vi.waitFor(() => expect(existsSync(join(bench.folder, 'reserve'))).toBe(true), { timeout: 10_000 });
    await player.stop();
    await server.stop();
    writeFileSync(join(bench.folder, 'files', `${fileOf(large).sha256}.part`), large.subarray(0, 2 ** 20));
    cpSync(bench.folder, kept, { recursive: true });
  }, 120_000);
  afterAll(async () => {
    await bench.clear();
    rmSync(kept, { recursive: true, force: true });
  });

  it('knows every kind of file that a player writes', () => {
    const named = ['identity', 'playing', 'accepted', 'journal', 'time', 'quarantine', 'orders', 'commands'].flatMap((name) => [
      `${name}.a.json`,
      `${name}.b.json`,
    ]);
    expect([...kinds(kept).keys()]).toEqual(
      expect.arrayContaining([...named, 'documents/HASH.json', 'files/HASH', 'files/HASH.part', 'journal/CHAIN/N.log', 'reserve']),
    );
  });

  it(
    `faults 11, 12, 13 and 18: plays something correct with any file ${Object.keys(wrongs).join(', ')}, and is whole again with its server`,
    { timeout: 600_000 },
    async () => {
      const found = [...kinds(kept).values()].flat();
      const random = chance('damages');
      const all = Object.keys(wrongs);
      const chosen = () => (whole ? all : Array.from({ length: 2 }, () => all[Math.floor(random.between(0, all.length))] ?? ''));
      const cases = found.flatMap((path) => chosen().map((wrong) => ({ path, wrong })));
      for (const { path, wrong } of cases) {
        rmSync(bench.folder, { recursive: true });
        cpSync(kept, bench.folder, { recursive: true });
        wrongs[wrong]?.(join(bench.folder, path));
        const player = await bench.start({ server: server.url });
        const page = openPage(player);
        const said = `${path} ${wrong}`;
        expect(correct, said).toContain(page.plan?.manifest);
        expect(page.showNow(), said).toBeDefined();
        // No media file that is not what its hash says is ever handed to the page.
        for (const hash of Object.keys(page.plan?.media ?? {})) {
          const media = player.mediaFile(hash);
          expect(media && sha256(readFileSync(media.path)), said).toBe(hash);
        }
        await player.stop();
      }
      expect(cases.length).toBeGreaterThanOrEqual(2 * found.length);
    },
  );

  it('has its newest manifest again when the server is back, whatever file was lost, and leaves no wrong file', { timeout: 600_000 }, async () => {
    await server.start();
    const lost = [...kinds(kept)].flatMap(([kind, paths]) => (kind.startsWith('identity') ? [] : paths));
    for (const [index, path] of lost.entries()) {
      rmSync(bench.folder, { recursive: true });
      cpSync(kept, bench.folder, { recursive: true });
      const wrong = Object.keys(wrongs)[index % Object.keys(wrongs).length] ?? '';
      wrongs[wrong]?.(join(bench.folder, path));
      const player = await bench.start();
      await vi.waitFor(() => expect(player.health().manifest, `${path} ${wrong}`).toMatchObject({ playing: newest, accepted: 2 }), {
        timeout: 20_000,
        interval: 10,
      });
      await vi.waitFor(() => expect(player.mediaFile(sha256(picture)), `${path} ${wrong}`).toBeDefined(), { timeout: 20_000, interval: 10 });
      await player.stop();
      expect(wrongFiles(join(bench.folder, 'files')), `${path} ${wrong}`).toEqual([]);
    }
    await server.stop();
  });
});

sideBySide('a box whose data folder is damaged', chromiumPath() === undefined ? noBrowser : undefined, () => {
  const random = chance('data folder');
  const sample = whole ? Infinity : 4;
  let server: SmallServer;
  let trial: Trial;
  let correct: string[];

  beforeAll(async () => {
    server = await startSmallServer();
    trial = await startTrial({ screen: 'street', withoutServer: true, enrol: server.token });
    const { older, newer } = await fill(server, () => server.health.at(-1)?.manifest.playing);
    correct = [older, newer, 'factory'];
    await trial.stage.waitForSelector(`[data-manifest="${newer}"]`, { state: 'attached', timeout: 60_000 });
    await server.stop();
  }, 180_000);
  afterAll(() => trial.stop());

  it('has something correct on the glass after each start', { timeout: whole ? 3_600_000 : 300_000 }, async ({ annotate }) => {
    const all = [...kinds(trial.playerFolder)].flatMap(([kind]) => Object.keys(wrongs).map((wrong) => ({ kind, wrong })));
    const own = all.filter(({ kind }) => !kind.startsWith('chromium/'));
    const chosen = whole ? all : Array.from({ length: sample }, () => own[Math.floor(random.between(0, own.length))] ?? { kind: '', wrong: '' });
    const times: number[] = [];
    for (const { kind, wrong } of chosen) {
      await trial.killShell();
      // The one before may have removed the last file of this kind.
      const path = kinds(trial.playerFolder).get(kind)?.[0];
      if (path !== undefined) wrongs[wrong]?.(join(trial.playerFolder, path));
      const begun = Date.now();
      await trial.startShellAgain();
      const visible = await vi.waitFor(
        async () => {
          const now = await visibleNow(trial.stage);
          expect(now?.state, `${kind} ${wrong}`).toBe('playing');
          return now;
        },
        { timeout: limitMs, interval: 50 },
      );
      times.push(Date.now() - begun);
      expect(correct, `${kind} ${wrong}`).toContain(visible?.manifest);
      expect(drawnShare(await trial.stage.screenshot()), `${kind} ${wrong}`).toBeGreaterThan(0.02);
    }
    const sorted = times.toSorted((a, b) => a - b);
    const line = `seed ${seed}, ${chosen.length} damages, on the glass after ${sorted[Math.floor(sorted.length / 2)] ?? 0} ms (median), ${sorted.at(-1) ?? 0} ms (longest); promise ${promiseMs} ms`;
    process.stdout.write(`${line}\n`);
    await annotate(line);
    expect(sorted.at(-1)).toBeLessThan(limitMs);
  });
});
