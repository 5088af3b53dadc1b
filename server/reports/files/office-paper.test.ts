// Names and numbers of an office paper stay whole wherever a line breaks, and no piece of one is wider than its place.
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { letterheadSchema } from '../../../core/report-api.ts';
import { readDocx, readPdf } from '../testing/read-files.ts';
import { sharesOf, wordsAround, type OfficePaper } from './office-paper.ts';
import { resultColumns } from './results-paper.ts';
import { writeDocx } from './write-docx.ts';
import { writePdf } from './write-pdf.ts';

const paperOf = (office: string, paragraphs: readonly string[] = []): OfficePaper => ({
  ...{ letterhead: letterheadSchema.parse({ office }), day: '2026-11-27', about: 'Kết quả thi đua', paragraphs },
  ...{ tables: [], notes: [], mark: undefined },
});
const pagesOf = async (paper: OfficePaper) => readPdf(await PDFiumLibrary.init(), await writePdf(paper, 0));
const piecesOf = (office: string) => wordsAround(paperOf(office)).office.split(' ');

test('the name of an office breaks before its unit, a double name behind its dash', () => {
  expect(piecesOf('Ủy ban nhân dân phường Hai Bà Trưng')).toEqual(['ỦY', 'BAN', 'NHÂN', 'DÂN', 'PHƯỜNG\u00a0HAI\u00a0BÀ\u00a0TRƯNG']);
  expect(piecesOf('UBND phường Văn Miếu – Quốc Tử Giám')).toEqual(['UBND', 'PHƯỜNG\u00a0VĂN\u00a0MIẾU\u00a0–', 'QUỐC\u00a0TỬ\u00a0GIÁM']);
});

test('what only begins like a unit’s name breaks like any words', () => {
  expect(piecesOf('Ban Chỉ đạo thành phố về chuyển đổi số và Đề án 06')).toHaveLength(13);
});

test('the number of a document is not cut at its hyphen, however the line falls', async () => {
  const before = Array.from({ length: 30 }, (_, index) => `${'số '.repeat(12)}${'i'.repeat(2 * index)} 4099/UBND-KSTTHC và 311/KH-UBND của thành phố.`);
  const paper = paperOf('UBND phường Hồng Hà', before);
  const pdf = (await pagesOf(paper)).join(' ');
  expect(pdf.match(/ 4099\/UBND-KSTTHC và 311\/KH-UBND của/g)).toHaveLength(30);
  const docx = await writeDocx(paper, 0);
  const { paragraphs } = readDocx(docx);
  for (const text of before) expect(paragraphs).toContain(text);
  const xml = strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array());
  expect(xml.match(/311\/KH<\/w:t><w:noBreakHyphen\/><w:t[^>]*>UBND/g)).toHaveLength(30);
  expect(xml).not.toMatch(/[A-Z]-[A-Z]/);
});

test('a signature stands on a page with the notes before it, however long the report is', async () => {
  for (let count = 14; count < 28; count += 3) {
    const paragraphs = Array.from({ length: count }, (_, index) => `Dòng ${index + 1}.`);
    const signed = { ...paperOf('UBND phường Láng', paragraphs), notes: ['Nguồn: Công an thành phố.', 'Lập lúc 11:00.'] };
    const pages = await pagesOf(signed);
    const last = pages.find((page) => page.includes('Nơi nhận'));
    expect(last, `${count} paragraphs`).toContain('Nguồn: Công an thành phố. Lập lúc 11:00.');
  }
});

const unit = (index: number) => [index + 1, `Phường số ${index + 1}`, 78_000, 3_000, 91_000, 0.41, index + 1, ''];
const tableOf = (count: number) => ({
  ...{ title: 'Theo đơn vị', columns: resultColumns, rows: Array.from({ length: count }, (_, index) => unit(index)) },
  total: [null, 'TỔNG CỘNG', 88_888_888, 88_888_888, 88_888_888, 0.294, null, ''],
});

test('a figure stands in one line, however large it is', async () => {
  const paper = { ...paperOf('UBND phường Láng'), tables: [tableOf(3)] };
  expect((await pagesOf(paper)).join(' ').match(/88\.888\.888/g)).toHaveLength(3);
  const shares = sharesOf(tableOf(3));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  // Bold digits of Times New Roman are half as wide as high, in letters of 11 points, with 3 points on each side.
  const textPoints = (165 * 72) / 25.4;
  for (const index of [2, 3, 4]) expect((shares[index] ?? 0) * textPoints).toBeGreaterThan(8 * 5.5 + 2 * 2.75 + 6);
});

test('a sum stands on a page with the last of what it adds up', async () => {
  const withTable = (count: number) => pagesOf({ ...paperOf('UBND phường Láng'), notes: [], tables: [tableOf(count)] });
  // The least number of rows whose sum does not fit on the first page any more.
  let [fits, least] = [18, 50];
  while (least - fits > 1) {
    const middle = Math.floor((fits + least) / 2);
    if ((await withTable(middle))[0]?.includes('TỔNG CỘNG')) fits = middle;
    else least = middle;
  }
  const pages = await withTable(least);
  expect(pages).toHaveLength(2);
  expect(pages[1]).toMatch(new RegExp(`Phường số ${least} .*TỔNG CỘNG`));
  const xml = strFromU8(unzipSync(await writeDocx({ ...paperOf('UBND phường Láng'), tables: [tableOf(4)] }, 0))['word/document.xml'] ?? new Uint8Array());
  const kept = xml.split('<w:tr>').filter((row) => row.includes('Phường số') && row.includes('<w:keepNext/>'));
  expect(kept).toHaveLength(1);
  expect(kept[0]).toContain('Phường số 4');
});

test('a word that is wider than its column goes on in the next line', async () => {
  const name = 'LED-nut-giao-Kim-Ma-Nguyen-Chi-Thanh-so-12';
  const columns = [{ heading: 'Màn hình', share: 0.1, kind: 'name' } as const, { heading: 'Đơn vị', share: 0.9, kind: 'text' } as const];
  const paper = { ...paperOf('UBND phường Láng'), tables: [{ title: 'Theo màn hình', columns, rows: [[name, 'Phường Láng']] }] };
  const pdf = (await pagesOf(paper)).join(' ');
  expect(pdf).not.toContain(name);
  expect(pdf.replace(/\s+/g, '')).toContain('LED-nut-giao-Kim-Ma-');
});
