import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal, type Journal, type Stamp } from './journal.ts';
import { answerPlayed } from './played-command.ts';
import { silentLog } from './testing/bench-player.ts';

let folder: string;
let journal: Journal;
let now = Date.parse('2026-11-24T09:59:50+07:00');
const stamp = (): Stamp => ({ at: now, monoMs: now, clockTrusted: true });
const manifest = 'a'.repeat(64);

/** A player that runs: three turns of ten seconds, the last one still on. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-played-'));
  now = Date.parse('2026-11-24T09:59:50+07:00');
  journal = await openJournal({ folder, log: silentLog, stamp, trustedNow: () => undefined, segmentBytes: 300 });
  for (const [index, item] of ['cai-dat', 'bang-diem', 'tranh'].entries()) {
    const opened = journal.last;
    const closed = index === 0 ? [] : [{ kind: 'close' as const, ...stamp(), opened, outcome: 'complete' as const }];
    await journal.append([...closed, { kind: 'open', ...stamp(), manifest, item, scene: 'message', plannedStart: now, plannedEnd: now + 10_000 }]);
    now += 10_000;
  }
});
afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true });
});

const ask = async (...words: string[]) => {
  const answer = await answerPlayed(['--data', folder, ...words]);
  return answer.ok ? answer.text : answer.problem;
};

test('says what was on at an instant, from when to when, of which manifest, how it ended and whether the clock was trusted', async () => {
  const text = await ask('--at', '2026-11-24T10:00:03+07:00');
  expect(text.split('\n')).toEqual([
    '2026-11-24T10:00:03.000+07:00: 1 lượt phát · plays',
    'bang-diem (message)',
    '  từ · from       2026-11-24T10:00:00.000+07:00',
    '  đến · until     2026-11-24T10:00:10.000+07:00',
    `  bản · manifest  ${manifest}`,
    '  kết quả · outcome  đủ lượt · complete',
    '  đồng hồ · clock  đã kiểm chứng · trusted',
    `  chuỗi · chain   ${journal.chain}, mục · entry 3`,
  ]);
  expect(await ask('--at', '2026-11-24T03:00:03Z')).toBe(text);
});

test('lists a span while the player runs, and leaves a line alone that is being written', async () => {
  const chain = join(folder, 'journal', journal.chain);
  const path = join(chain, (await readdir(chain)).sort().at(-1) ?? '');
  const before = await readFile(path);
  await truncate(path, before.length - 5);
  const text = await ask('--from', '2026-11-24T09:00+07:00', '--until', '2026-11-24T11:00+07:00');
  expect(text).toContain('cai-dat');
  expect(text).toContain('bytes that do not hold or are being written');
  expect((await readFile(path)).length).toBe(before.length - 5);
});

test.each(['off by schedule', 'the screen is revoked', 'the player stopped'])(
  'says of a time without any play how the one before it ended: %s',
  async (reason) => {
    await journal.append([{ kind: 'close', ...stamp(), opened: journal.last, outcome: 'interrupted', reason }]);
    const text = await ask('--at', '2026-11-24T23:30+07:00');
    expect(text.split('\n').slice(0, 3)).toEqual([
      '2026-11-24T23:30:00.000+07:00: không có gì được ghi · nothing is on record',
      'lượt phát cuối trước đó · the last play before:',
      'tranh (message)',
    ]);
    expect(text).toContain(`bị ngắt · interrupted (${reason})`);
  },
);

test('says plainly when nothing is on record, and what is wrong with a question', async () => {
  expect(await ask('--at', '2026-11-23T10:00+07:00')).toContain('không có gì được ghi · nothing is on record');
  expect(await ask('--at', '2026-11-24 10:00')).toContain('an instant needs date, time and offset');
  expect(await ask('--when', 'now')).toContain('wrong options');
  expect(await answerPlayed(['--data', join(folder, 'elsewhere'), '--at', '2026-11-24T10:00+07:00'])).toMatchObject({ ok: false });
});
