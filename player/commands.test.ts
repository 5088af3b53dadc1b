import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command, CommandAnswer } from '../core/protocol.ts';
import { openCommands, type Deed } from './commands.ts';
import { silentLog } from './testing/bench-player.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-commands-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(restart: (() => void) | null = () => undefined) {
  const done: string[] = [];
  const answers: CommandAnswer[] = [];
  const deed: Deed = ({ kind }) => Promise.resolve(void done.push(kind));
  const deeds = {
    identify: deed,
    'test-card': deed,
    reload: deed,
    restart: deed,
    refetch: () => Promise.reject(new Error('no line')),
    logs: () => Promise.resolve('too large'),
  };
  const commands = await openCommands({
    folder,
    now: () => 1_000,
    deeds,
    restart: restart ?? undefined,
    answer: (answer) => answers.push(answer),
    log: silentLog,
  });
  return { commands, done, answers };
}
const ask = (kind: string, expiresAt = 2_000): Command => ({ id: randomUUID(), kind, expiresAt });

test('carries a command out once, however often it comes, and answers each time', async () => {
  const { commands, done, answers } = await open();
  const command = ask('identify');
  await Promise.all([commands.take(command), commands.take(command)]);
  await commands.take(command);
  expect(done).toEqual(['identify']);
  expect(answers).toEqual(Array(3).fill({ id: command.id, outcome: 'done' }));
});

test('does not restart again after the restart, when the same command comes once more', async () => {
  let restarts = 0;
  const command = ask('restart');
  const first = await open(() => (restarts += 1));
  await first.commands.take(command);
  expect([restarts, first.answers]).toEqual([1, [{ id: command.id, outcome: 'done' }]]);
  const second = await open(() => (restarts += 1));
  await second.commands.take(command);
  expect([restarts, second.done, second.answers]).toEqual([1, [], [{ id: command.id, outcome: 'done' }]]);
});

test('never ends a player that nobody would start again', async () => {
  const { commands, done, answers } = await open(null);
  await commands.take(ask('restart'));
  expect(done).toEqual([]);
  expect(answers).toMatchObject([{ outcome: 'failed', reason: 'nobody would start this player again' }]);
});

test('says why a command was not carried out', async () => {
  const { commands, done, answers } = await open();
  await commands.take(ask('identify', 999));
  await commands.take(ask('open-a-shell'));
  await commands.take(ask('refetch'));
  await commands.take(ask('logs'));
  expect(done).toEqual([]);
  expect(answers.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['expired', undefined],
    ['unknown', undefined],
    ['failed', 'no line'],
    ['failed', 'too large'],
  ]);
});
