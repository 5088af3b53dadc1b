// What a clerk asks of a screen happens on the real screen, is answered, and happens once.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { playViewSchema, playPaths } from '../core/play-api.ts';
import { commandResultSchema, type CommandResult, screenPaths } from '../core/screen-api.ts';
import type { CommandKind } from '../core/protocol.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { drawnShare } from './support/pixels.ts';
import { connectedScreen, signedInFetch, type StaffFetch } from './support/staff.ts';
import { visibleNow, wordsOn } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

describe.skipIf(chromiumPath() === undefined)(`commands to a real screen${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let trial: Trial;
  let staff: StaffFetch;
  let screen: Awaited<ReturnType<typeof connectedScreen>>;

  const look = () => connectedScreen(staff);
  /** As a person does: when the screen is connected. */
  const ask = async (kind: CommandKind, id: string = randomUUID()): Promise<CommandResult> => {
    await vi.waitFor(look, { timeout: 30_000, interval: 250 });
    return commandResultSchema.parse(await staff('POST', screenPaths.commands(screen.id), { id, kind }));
  };

  beforeAll(async () => {
    trial = await startTrial({ screen: 'street' });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    staff = await signedInFetch(trial.url, trial.signInLink);
    screen = await vi.waitFor(look, { timeout: 30_000, interval: 250 });
  });
  afterAll(() => trial.stop());

  it('shows the number, and outdoors nothing that one person wrote, over the whole picture, and the programme goes on behind', async () => {
    expect(await ask('identify')).toMatchObject({ outcome: 'done' });
    const card = await trial.stage.waitForSelector('[data-identify]', { timeout: 5_000 });
    expect(await card.getAttribute('data-identify')).toBe(String(screen.number));
    expect(await card.innerText()).toMatch(new RegExp(`^Màn hình số\\s+${screen.number}$`));
    expect(await card.evaluate((element) => [...element.querySelectorAll('p')].every((p) => p.scrollWidth <= p.clientWidth + 1))).toBe(true);
    expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
    expect((await visibleNow(trial.stage))?.state).toBe('playing');
  });

  it('tells of itself what a clerk needs', async () => {
    const { health } = await vi.waitFor(
      async () => {
        const now = await look();
        expect(now.health?.disk).toBeTruthy();
        expect(now.health?.droppedFrames).toBeDefined();
        return now;
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(health).toMatchObject({ wall: 'unknown', incidents: { start: 1 } });
    expect(health?.unseen).toBeUndefined();
    expect(health?.droppedFrames).toBeGreaterThanOrEqual(0);
    expect(health?.disk?.freeBytes).toBeGreaterThan(0);
  });

  it('hands over its log without secrets', async () => {
    expect(await ask('logs')).toMatchObject({ outcome: 'done' });
    const text = z.string().parse(await staff('GET', screenPaths.logs(screen.id), undefined, 'text'));
    expect(text).toContain('the player starts');
    expect(text).not.toMatch(/ihanoi1\.|127\.0\.0\.1:\d+\/[\w-]{16}/);
  });

  it('loads its page anew', async () => {
    await trial.stage.evaluate(() => document.documentElement.setAttribute('data-old', ''));
    expect(await ask('reload')).toMatchObject({ outcome: 'done' });
    await trial.stage.waitForSelector('html:not([data-old]) [data-item][data-turn]', { timeout: 25_000, state: 'attached' });
  });

  it('clears what no campaign needs, and fetches a damaged file again', async () => {
    const files = join(trial.playerFolder, 'files');
    const [damaged = ''] = readdirSync(files);
    const sound = readFileSync(join(files, damaged));
    expect(sound.length).toBeGreaterThan(0);
    writeFileSync(join(files, damaged), Buffer.alloc(sound.length, 7));
    const needless = 'a'.repeat(64);
    writeFileSync(join(files, needless), 'of a campaign long gone');
    expect(await ask('refetch')).toMatchObject({ outcome: 'done' });
    await vi.waitFor(() => expect(readFileSync(join(files, damaged)).equals(sound)).toBe(true), { timeout: 30_000, interval: 100 });
    expect(readdirSync(files)).not.toContain(needless);
    await vi.waitFor(async () => expect((await look()).health?.quarantined).toEqual([]), { timeout: 30_000, interval: 250 });
    expect((await visibleNow(trial.stage))?.manifest).not.toBe('factory');
  });

  it('shows no content and says so while it is out of service, and plays again when it is taken back', async () => {
    await staff('POST', screenPaths.revoke(screen.id), { reason: 'Thử thu hồi' });
    await trial.stage.waitForSelector('[data-state="revoked"]', { timeout: 10_000, state: 'attached' });
    expect(await wordsOn(trial.stage, 'body')).toContain('Màn hình này tạm ngừng phục vụ');
    expect(await visibleNow(trial.stage)).toBeUndefined();
    await staff('POST', screenPaths.restore(screen.id), { reason: 'Xong' });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"]) [data-item][data-turn]', { timeout: 10_000, state: 'attached' });
  });

  it('shows the test card in place of the programme, says so, and records it as what covered the slot', async () => {
    expect(await ask('test-card')).toMatchObject({ outcome: 'done' });
    const card = await trial.stage.waitForSelector('[data-cover="test-card"]', { timeout: 5_000 });
    expect((await card.innerText()).replaceAll(/\s+/g, ' ')).toContain(`Màn hình số ${screen.number} 960×576 điểm ảnh tại 0,0`);
    const { sha256 } = screen.manifest ?? {};
    expect(await card.innerText()).toContain(sha256?.slice(0, 12));
    await vi.waitFor(async () => expect(await look()).toMatchObject({ condition: 'updating', health: { state: 'test', shows: { item: 'test-card' } } }), {
      timeout: 30_000,
      interval: 250,
    });
    const shown = z.array(playViewSchema);
    await vi.waitFor(
      async () => expect(shown.parse(await staff('GET', playPaths.plays(screen.id)))).toContainEqual(expect.objectContaining({ scene: 'test' })),
      {
        timeout: 60_000,
        interval: 500,
      },
    );
    // Gone with its page, and back with the next: the player says what lies over the programme.
    await trial.stage.reload();
    await trial.stage.waitForSelector('[data-cover="test-card"]', { timeout: 20_000 });
  });

  it('ends cleanly for a restart, and does not restart twice for one command', async () => {
    const id = randomUUID();
    expect(await ask('restart', id)).toMatchObject({ outcome: 'done' });
    await vi.waitFor(() => expect(trial.browserProcesses('browser')).toEqual([]), { timeout: 25_000, interval: 50 });
    await trial.killShell();
    await trial.startShellAgain();
    await vi.waitFor(look, { timeout: 30_000, interval: 250 });
    const [browser] = trial.browserProcesses('browser');
    expect(await ask('restart', id)).toMatchObject({ outcome: 'done' });
    expect(await ask('identify')).toMatchObject({ outcome: 'done' });
    expect(trial.browserProcesses('browser')).toEqual([browser]);
  });
});
