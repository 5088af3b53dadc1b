import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlanTurn } from '../core/plan.ts';
import { playEntrySchema, type PlayEntry } from '../core/play.ts';
import { compileContent } from './content.ts';
import { sha256 } from './ed25519.ts';
import { openJournal, type Journal } from './journal.ts';
import type { MadePlan } from './plan-maker.ts';
import { makePlan } from './plan-maker.ts';
import { startPlayRecorder, type PlayRecorder } from './play-recorder.ts';
import { silentLog } from './testing/bench-player.ts';
import { messageItem, sampleManifest, sampleProfile } from './testing/samples.ts';

const start = Date.UTC(2026, 10, 24);
const content = compileContent('a'.repeat(64), sampleManifest([messageItem('a'), messageItem('b'), messageItem('c')]));
const made: MadePlan = makePlan({
  ...{ content, from: start, until: start + 60_000, clockOffsetMs: 0, profile: sampleProfile },
  spares: [...content.entries.values()].slice(0, 1),
  blocked: ({ key }) => (key === 'c' ? 'quarantined' : undefined),
  screen: { name: 'x', number: 7, trial: true },
});
const [first, second, third] = made.plan.turns as [PlanTurn, PlanTurn, PlanTurn];

let folder: string;
let journal: Journal;
let recorder: PlayRecorder;
let now: number;
const stamp = () => ({ at: now, monoMs: now - start, clockTrusted: true });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-plays-'));
  now = start;
  journal = await openJournal({ folder, log: silentLog, stamp, trustedNow: () => undefined });
  recorder = startPlayRecorder(journal, stamp);
});
afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true });
});

const show = (turn: PlanTurn, at = turn.start) => recorder.shown(turn, made, (now = at));
async function texts(): Promise<readonly string[]> {
  const next = await journal.nextBatch(500);
  return typeof next === 'object' ? next.texts : [];
}
const entries = async (): Promise<PlayEntry[]> => (await texts()).map((text) => playEntrySchema.parse(JSON.parse(text)));
const closes = async () => (await entries()).flatMap((entry) => (entry.kind === 'close' ? [[entry.opened, entry.outcome, entry.reason]] : []));

test('opens a play with the first frame and closes it complete with the next one', async () => {
  await show(first, first.start + 20);
  await show(second, second.start + 16);
  expect(await entries()).toMatchObject([
    { kind: 'open', item: 'a', scene: 'message', at: first.start + 20, plannedStart: first.start, plannedEnd: first.end, manifest: content.id },
    { kind: 'close', opened: 1, outcome: 'complete', at: second.start + 16 },
    { kind: 'open', item: 'b', at: second.start + 16 },
  ]);
});

test('counts a turn once, however often its frame is told', async () => {
  await show(first);
  await show(first, first.start + 1_000);
  expect(await entries()).toHaveLength(1);
});

test('names the planned item, its stand-in and the reason, and never counts the planned one as complete', async () => {
  expect(third.planned).toEqual({ item: 'c', reason: 'quarantined' });
  await show(third);
  now = third.end;
  await show(made.plan.turns[3] ?? first);
  expect((await entries())[0]).toMatchObject({ item: 'c', substitute: { item: third.item, reason: 'quarantined' } });
  expect(await closes()).toEqual([[1, 'skipped', 'quarantined']]);
});

test('does not call complete what began late or was cut short', async () => {
  await show(first, first.start + 5_000);
  await show(second);
  await show(third, second.start + 4_000);
  expect(await closes()).toEqual([
    [1, 'interrupted', 'began late'],
    [3, 'interrupted', 'cut short'],
  ]);
});

test('closes what is open when the page is lost, and only once', async () => {
  await show(first);
  now = first.start + 3_000;
  await recorder.ended('page lost');
  await recorder.ended('page lost');
  expect(await closes()).toEqual([[1, 'interrupted', 'page lost']]);
});

test('opens what is on screen again when another chain begins in the middle of a turn', async () => {
  await show(first);
  now = first.start + 4_000;
  const left = journal.chain;
  await journal.beginAnew('test', '');
  await show(second);
  await journal.acknowledge(left, 1);
  expect(await entries()).toMatchObject([
    { kind: 'note', code: 'test' },
    { kind: 'open', item: 'a', at: first.start + 4_000, plannedStart: first.start },
    { kind: 'close', opened: 2, outcome: 'interrupted', reason: 'began late' },
    { kind: 'open', item: 'b' },
  ]);
});

test('lets one chain follow another only between two turns, and names where the one before ended', async () => {
  await journal.close();
  journal = await openJournal({ folder, log: silentLog, stamp, trustedNow: () => undefined, maxBytes: 2_000 });
  recorder = startPlayRecorder(journal, stamp);
  const left = journal.chain;
  await show(first);
  await show(second);
  expect(journal.chain).not.toBe(left);
  const lastHash = sha256((await texts()).at(-1) ?? '');
  expect(await entries()).toMatchObject([
    { kind: 'open', item: 'a' },
    { kind: 'close', opened: 1, outcome: 'complete' },
  ]);
  await journal.acknowledge(left, 2);
  expect(await entries()).toMatchObject([
    { kind: 'note', code: 'chain-follows', detail: `chain ${left} ends at 2 with ${lastHash}` },
    { kind: 'open', item: 'b' },
  ]);
});
