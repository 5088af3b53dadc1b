// The technician's question to a box, without any network: what was on this screen then? Reads the journal beside a running player and changes nothing.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Outcome } from '../core/play.ts';
import { chainsIn, segmentsOf, segmentPath } from './journal-chain.ts';
import { readSegment } from './journal-lines.ts';
import { lastBefore, shownBetween, type ChainEntry, type Shown } from './played.ts';

export type PlayedAnswer = { ok: true; text: string } | { ok: false; problem: string };

const usage = 'played --data DIR --at 2026-11-24T10:00+07:00 | played --data DIR --from … --until …';
/** More than a day of ten-second turns is read with a filter, not by eye. */
const maxListed = 10_000;
const hanoiMs = 7 * 3_600_000;

const outcomes: Record<Outcome, string> = { complete: 'đủ lượt · complete', interrupted: 'bị ngắt · interrupted', skipped: 'bỏ qua · skipped' };

/** Entries of all chains of a player's folder; a line that is being written, and whatever does not hold, is left out. */
async function entriesIn(dataFolder: string): Promise<{ entries: ChainEntry[]; badBytes: number }> {
  const folder = join(dataFolder, 'journal');
  const entries: ChainEntry[] = [];
  let badBytes = 0;
  for (const chain of await chainsIn(folder)) {
    for (const first of await segmentsOf(join(folder, chain))) {
      const segment = readSegment(await readFile(segmentPath(join(folder, chain), first)));
      badBytes += segment.badBytes;
      for (const { entry } of segment.lines) entries.push({ chain, entry });
    }
  }
  return { entries, badBytes };
}

/** An instant with its offset; `undefined` for anything else. */
function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

const local = (instant: number) => new Date(instant + hanoiMs).toISOString().replace('Z', '+07:00');

function describe({ chain, seq, from, to, manifest, item, scene, planned, outcome, reason, clockTrusted }: Shown): string {
  const end = to === null ? 'chưa ghi kết thúc · no end written yet' : local(to);
  return [
    `${item} (${scene})`,
    `  từ · from       ${local(from)}`,
    `  đến · until     ${end}`,
    `  bản · manifest  ${manifest}`,
    `  kết quả · outcome  ${outcome === null ? 'chưa có · none yet' : outcomes[outcome]}${reason === undefined ? '' : ` (${reason})`}`,
    ...(planned ? [`  thay cho · in place of  ${planned.item} (${planned.reason})`] : []),
    `  đồng hồ · clock  ${clockTrusted ? 'đã kiểm chứng · trusted' : 'chưa kiểm chứng · not trusted'}`,
    `  chuỗi · chain   ${chain}, mục · entry ${seq}`,
  ].join('\n');
}

const refused = (vi: string, en: string): PlayedAnswer => ({ ok: false, problem: `${vi} · ${en}\n${usage}` });

/** @throws the file system's fault when the folder cannot be read */
export async function answerPlayed(argv: readonly string[]): Promise<PlayedAnswer> {
  let values;
  try {
    const text = { type: 'string' } as const;
    ({ values } = parseArgs({ args: [...argv], options: { data: text, at: text, from: text, until: text }, strict: true }));
  } catch (fault) {
    return refused('Tham số không đúng', `wrong options: ${(fault as Error).message}`);
  }
  const { data, at, from, until } = values;
  if (data === undefined) return refused('Thiếu --data', 'the option --data is missing');
  const asked = at === undefined ? [from, until] : [at, at];
  const [begin, end] = asked.map((text) => (text === undefined ? undefined : instantOf(text)));
  if (begin === undefined || end === undefined) {
    return refused('Thời điểm phải có ngày, giờ và múi giờ', 'an instant needs date, time and offset, such as 2026-11-24T10:00+07:00');
  }
  const isFolder = await stat(join(data, 'journal')).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return refused(`Không có nhật ký phát trong ${data}`, 'there is no play journal in that folder');
  const { entries, badBytes } = await entriesIn(data);
  const found = shownBetween(entries, begin, Math.max(end, begin + 1));
  // Why nothing stood there: how the play before it ended.
  const before = found.length === 0 ? lastBefore(entries, begin) : undefined;
  const when = begin === end ? local(begin) : `${local(begin)} … ${local(end)}`;
  const head = found.length === 0 ? `${when}: không có gì được ghi · nothing is on record` : `${when}: ${found.length} lượt phát · plays`;
  const torn = badBytes === 0 ? [] : [`${badBytes} byte không đọc được hoặc đang ghi · bytes that do not hold or are being written`];
  const left = found.length > maxListed ? [`… và ${found.length - maxListed} lượt nữa · and ${found.length - maxListed} more`] : [];
  const ended = before ? ['lượt phát cuối trước đó · the last play before:', describe(before)] : [];
  return { ok: true, text: [head, ...ended, ...found.slice(0, maxListed).map(describe), ...left, ...torn].join('\n') };
}
