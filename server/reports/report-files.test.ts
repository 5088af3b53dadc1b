// Each file of a report, read back as an office would open it, against what the API answers.
import { randomUUID } from 'node:crypto';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreboardViewSchema } from '../../core/import-api.ts';
import { displayReportSchema, type DisplayReport } from '../../core/report-api.ts';
import { standings } from '../../core/scoreboard.ts';
import { encodePlacement } from '../../core/links.ts';
import { formatCount, formatRate } from '../../core/vietnamese.ts';
import { addPaper } from '../scans/placement-store.ts';
import { bindKey, listScreens } from '../screens/screen-store.ts';
import { journalOf } from '../testing/test-journal.ts';
import { batch, newBox } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';
import { readDocx, readPdf, readXlsx } from './testing/read-files.ts';

let server: TestServer;
let staff: Staff;
let report: DisplayReport;
const midnight = Date.UTC(2026, 10, 23, 17);
const span = 'from=2026-11-24&to=2026-11-24';
const letterhead = {
  ...{ superior: 'UBND thành phố Hà Nội', office: 'Ủy ban nhân dân quận Ba Đình', symbol: 'BC-UBND', place: 'Ba Đình' },
  ...{ signerTitle: 'TM. Ủy ban nhân dân\nChủ tịch', signer: 'Nguyễn Thị Hồng Hạnh', recipients: ['UBND thành phố Hà Nội', 'Lưu: VT'] },
};

beforeAll(async () => {
  server = await startTestServer({ now: midnight + 20 * 3_600_000 });
  staff = await signIn(server);
  const { db, now } = server.context;
  for (const [index, { id, channel }] of (await listScreens(db)).entries()) {
    const box = newBox();
    await bindKey(db, id, box.publicKey, now());
    await db.updateTable('screens').set({ unit: 'd001' }).where('id', '=', id).execute();
    const { manifest, playlist } = await db.selectFrom('channels').selectAll().where('id', '=', channel).executeTakeFirstOrThrow();
    const { item } = await db.selectFrom('playlist_items').select('item').where('playlist', '=', playlist).orderBy('number').executeTakeFirstOrThrow();
    const turns = Array.from({ length: 200 + index * 37 }, (_, turn) => ({
      ...{ at: midnight + turn * 61_000, ms: 9_000 + turn, item, manifest: manifest ?? '' },
      ...(turn % 9 === 0 ? ({ outcome: 'skipped', reason: 'covered by stop-1' } as const) : {}),
    }));
    const chain = randomUUID();
    const entries = journalOf(turns);
    for (let from = 0; from < entries.length; from += 500)
      await server.app.inject({ method: 'POST', url: '/player/plays', payload: batch(box, id, chain, entries.slice(from, from + 500)) });
  }
  const poster = { campaign: 'any', kind: 'poster', name: 'Chợ Hôm', place: '', unit: 'd001' } as const;
  const officer = { campaign: 'any', kind: 'officer', name: 'Đại úy Nguyễn Văn An', place: '', unit: null } as const;
  for (const [index, paper] of [poster, officer].entries()) {
    const { owner } = await addPaper(db, paper, 'Lan', now());
    for (let phone = 0; phone <= 2 - index; phone++) {
      const headers = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1', 'x-forwarded-for': `10.0.0.${phone}` };
      await server.app.inject({ method: 'GET', url: `/q/${encodePlacement({ owner, item: 0 })}`, headers });
    }
  }
  expect((await staff.call('PUT', '/api/reports/letterhead', letterhead)).status).toBe(200);
  report = displayReportSchema.parse((await staff.call('GET', `/api/reports/display?${span}`)).body);
  expect(report.total.turns).toBeGreaterThan(500);
});
afterAll(() => server.end());

async function fetchFile(path: string): Promise<Buffer> {
  const { host } = new URL(server.url);
  const answer = await server.app.inject({ method: 'GET', url: path, headers: { host, cookie: staff.cookie } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[a-z0-9-]+\.(?:docx|xlsx|pdf)"$/);
  return answer.rawPayload;
}

const readPdfText = async (file: Buffer) => (await readPdf(await PDFiumLibrary.init(), file)).join(' ');

const hours = (ms: number) => new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ms / 3_600_000);
const shown = ({ airMs, turns, interrupted, skipped, opens }: DisplayReport['total']) => [
  hours(airMs),
  ...[turns, interrupted, skipped, opens].map((count) => formatCount(count)),
];
const exact = ({ airMs, turns, interrupted, skipped, opens }: DisplayReport['total']) => [airMs / 3_600_000, turns, interrupted, skipped, opens];

describe('proof of display', () => {
  it('as DOCX has the form of Decree 30/2020 and the figures of the API', async () => {
    const { paragraphs, tables } = readDocx(await fetchFile(`/api/reports/display/file?format=docx&${span}`));
    const words = [
      'UBND THÀNH PHỐ HÀ NỘI',
      'ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Ba Đình, ngày 24 tháng 11 năm 2026',
    ];
    for (const text of [
      ...words,
      'BÁO CÁO',
      'Kết quả phát trên màn hình công cộng ngày 24/11/2026',
      'Nơi nhận:',
      '- Lưu: VT.',
      'TM. ỦY BAN NHÂN DÂN',
      'CHỦ TỊCH',
      'Nguyễn Thị Hồng Hạnh',
    ])
      expect(paragraphs).toContain(text);
    expect(paragraphs.some((text) => /^Số: +\/BC-UBND$/.test(text))).toBe(true);
    const [, units = [], screens = [], items = [], days = [], papers = [], faults = []] = tables;
    expect(units.slice(1)).toEqual([
      ['1', 'Quận Ba Đình', ...shown(report.total)],
      ['', 'TỔNG CỘNG', ...shown(report.total)],
    ]);
    expect(screens.slice(1, -1)).toEqual(report.screens.map((row, index) => [`${index + 1}`, row.name, 'Quận Ba Đình', ...shown(row)]));
    expect(items.slice(1, -1).map((row) => row.slice(2))).toEqual(report.items.map(shown));
    expect(days.slice(1, -1).map((row) => row.slice(1))).toEqual([['24/11/2026', ...shown(report.total)]]);
    const [poster, officer] = report.papers;
    expect([poster?.opens, officer?.opens]).toEqual([3, 2]);
    expect(papers.slice(1)).toEqual([
      ['1', 'Chợ Hôm', 'Áp phích', 'Quận Ba Đình', '3', '3'],
      ['2', `Thẻ số ${officer?.owner ?? 0}`, 'Thẻ cán bộ', '', '2', '2'],
      ['', 'TỔNG CỘNG', '', '', '5', '5'],
    ]);
    expect(faults[1]).toEqual(['1', 'Nhường chỗ cho thông báo khẩn, lệnh tạm ngừng hoặc chương trình quốc tang', 'Bỏ qua', formatCount(report.total.skipped)]);
  });

  it('of a day on which nothing was shown has no table without rows', async () => {
    const { tables } = readDocx(await fetchFile('/api/reports/display/file?format=docx&from=2026-11-20&to=2026-11-20'));
    const listed = tables.filter(([heading]) => heading?.[0] === 'STT');
    expect(listed.map(([heading]) => heading?.[1])).toEqual(['Đơn vị', 'Màn hình']);
    for (const [heading, first] of listed) expect(first?.[0], heading?.join(' ')).toBe('1');
  });

  it('as DOCX draws the lines of the decree, breaks no name in two, and never leaves the signature alone on a page', async () => {
    const xml = strFromU8(unzipSync(await fetchFile(`/api/reports/display/file?format=docx&${span}`))['word/document.xml'] ?? new Uint8Array());
    expect(xml).not.toContain('<w:u ');
    // Under the office, the motto and what it is about.
    expect(xml.match(/<w:pBdr><w:top [^>]*w:val="single"/g)).toHaveLength(3);
    expect(xml).toContain('ỦY BAN NHÂN DÂN QUẬN\u00a0BA\u00a0ĐÌNH');
    expect(xml).toContain('ngày\u00a024/11/2026');
    const blocks = xml.split(/(?=<w:p>|<w:p |<w:tbl>)/);
    const foot = blocks.findLastIndex((block) => block.startsWith('<w:tbl>'));
    const note = blocks.findIndex((block) => block.includes('Số liệu cộng từ nhật ký phát'));
    expect(note).toBeGreaterThan(0);
    for (const block of blocks.slice(note, foot)) expect(block).toContain('<w:keepNext/>');
  });

  it('as XLSX has a sheet for each table, with numbers to go on working with, as wide as a page', async () => {
    const parts = unzipSync(await fetchFile(`/api/reports/display/file?format=xlsx&${span}`));
    const paths = Object.keys(parts).filter((path) => path.startsWith('xl/worksheets/sheet'));
    for (const path of paths)
      expect(strFromU8(parts[path] ?? new Uint8Array())).toMatch(/fitToPage="1".*<pageSetup paperSize="9"[^>]* fitToWidth="1" fitToHeight="0"/s);
    expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array()).match(/Print_Titles/g)).toHaveLength(paths.length);
    const [units = [], screens = []] = readXlsx(await fetchFile(`/api/reports/display/file?format=xlsx&${span}`));
    expect(units[3]).toEqual([1, 'Quận Ba Đình', ...exact(report.total)]);
    expect(screens.slice(3, 3 + report.screens.length)).toEqual(report.screens.map((row, index) => [index + 1, row.name, 'Quận Ba Đình', ...exact(row)]));
  });

  it('as PDF says the same in words that can be found', async () => {
    const text = await readPdfText(await fetchFile(`/api/reports/display/file?format=pdf&${span}`));
    for (const words of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Số: /BC-UBND', 'BÁO CÁO', 'Nguyễn Thị Hồng Hạnh']) expect(text).toContain(words);
    expect(text).toContain(`TỔNG CỘNG ${shown(report.total).join(' ')}`);
    for (const row of report.screens) expect(text).toContain(shown(row).join(' '));
  });
});

describe('results of the contest', () => {
  async function ranked() {
    const { current, previous } = scoreboardViewSchema.parse((await staff.call('GET', '/api/scoreboard')).body);
    if (!current) throw new Error('there are no figures');
    return { ...standings(current, previous ?? undefined), current };
  }
  const columns = ['STT', 'Đơn vị', 'Chỉ tiêu', 'Kết quả', 'Lũy kế', 'Tỷ lệ', 'Xếp hạng', 'Ghi chú'];

  it('as DOCX stand in the columns that units report, marked as made up', async () => {
    const { rows } = await ranked();
    const { paragraphs, tables } = readDocx(await fetchFile('/api/reports/results/file?format=docx'));
    expect(paragraphs).toContain('SỐ LIỆU MINH HỌA');
    const [heading, ...all] = tables[1] ?? [];
    expect(heading).toEqual(columns);
    const lines = all.slice(0, -1);
    expect(lines).toHaveLength(30);
    const sum = (of: (row: (typeof rows)[number]) => number | null | undefined) => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
    const [city, base] = [sum((row) => row.count), sum((row) => row.base)];
    const totals = [sum((row) => row.target), sum((row) => row.change?.count), city];
    expect(all.at(-1)).toEqual(['', 'TỔNG CỘNG', ...totals.map((total) => formatCount(total)), formatRate(city / base), '', '']);
    const byRank = (list: readonly (readonly string[])[]) => list.map((row) => row.slice(2, 7)).sort((a, b) => a.join().localeCompare(b.join()));
    const count = (value: number | undefined) => (value === undefined ? '' : formatCount(value));
    expect(byRank(lines)).toEqual(
      byRank(
        rows.map((row) => [
          '',
          '',
          count(row.target),
          count(row.change?.count),
          count(row.count),
          row.rate === undefined ? '' : formatRate(row.rate),
          count(row.rank),
        ]),
      ),
    );
    expect(lines.filter((row) => row[7]?.startsWith('Đồng hạng'))).toHaveLength(rows.filter(({ tied }) => tied).length);
  });

  it('as XLSX and PDF are the same', async () => {
    const { rows, current } = await ranked();
    const [sheet = []] = readXlsx(await fetchFile(`/api/reports/results/file?format=xlsx&number=${current.number}`));
    expect(sheet[2]).toEqual(columns);
    const sums = sheet
      .slice(3, 33)
      .map((row) => Number(row[4]))
      .sort((a, b) => a - b);
    expect(sums).toEqual(rows.map(({ count }) => count).sort((a, b) => a - b));
    const text = await readPdfText(await fetchFile('/api/reports/results/file?format=pdf'));
    for (const row of rows) expect(text).toContain(`${formatCount(row.count)} ${row.rate === undefined ? '' : formatRate(row.rate)}`);
  });

  it('of a number that is not there give no file', async () => {
    expect((await staff.call('GET', '/api/reports/results/file?format=docx&number=99')).status).toBe(404);
  });
});
