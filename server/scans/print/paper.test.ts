// Printed codes as a phone and a reader of the PDF meet them: drawn to pixels, the code read back, the words found again.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { rules } from '../../../core/legibility/rules.ts';
import { scanLink } from '../../../core/links.ts';
import { paperMm, paperSizes, type PaperSize } from '../../../core/scan-api.ts';
import { drawCode, dotMm } from './draw-code.ts';
import { appName, steps, warning } from './paper-words.ts';
import { drawPaper, type PaperOrder } from './paper.ts';
import { openPen } from './pen.ts';

const link = scanLink('scan.ihanoi.gov.vn', { owner: 1_048_575, item: 0 });
const campaign = { speaker: { vi: 'UBND thành phố Hà Nội' }, helpline: { number: '1022', branch: '8', confirmed: true }, trial: false };
const at = Date.parse('2026-03-02T10:20:00+07:00');
const draw = (order: Partial<PaperOrder>, of = campaign) =>
  drawPaper(of, { link, unit: 'Phường Văn Miếu - Quốc Tử Giám', size: 'a4', bleed: false, at, ...order });
const pointsPerMm = 72 / 25.4;

let library: Awaited<ReturnType<typeof PDFiumLibrary.init>>;
beforeAll(async () => {
  prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))).buffer },
  });
  library = await PDFiumLibrary.init();
});
afterAll(() => library.destroy());

async function textsOf(pdf: Buffer): Promise<string[]> {
  const document = await library.loadDocument(pdf);
  const texts = [...document.pages()].map((page) => page.getText().replace(/\s+/g, ' '));
  document.destroy();
  return texts;
}

interface Picture {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** @param dpi of the picture, as a scanner or camera would take it */
async function picturesOf(pdf: Buffer, dpi: number): Promise<Picture[]> {
  const document = await library.loadDocument(pdf);
  const pictures: Picture[] = [];
  for (const page of document.pages()) {
    const { data, width, height } = await page.render({ scale: dpi / 72, colorSpace: 'BGRA', render: 'bitmap' });
    pictures.push({ data: new Uint8ClampedArray(data), width, height });
  }
  document.destroy();
  return pictures;
}

async function codeIn({ data, width, height }: Picture): Promise<{ text: string; widthPx: number } | undefined> {
  const [code] = await readBarcodes({ data, width, height, colorSpace: 'srgb', pixelFormat: 'rgba-unorm8' } as ImageData, { formats: ['QRCode'] });
  return code?.isValid ? { text: code.text, widthPx: code.position.topRight.x - code.position.topLeft.x } : undefined;
}

describe.each(paperSizes)('a code on %s', (size: PaperSize) => {
  test.each([false, true])('is read back from its pixels as the link of its placement, with bleed %s', async (bleed) => {
    const [front] = await picturesOf(await draw({ size, bleed }), 150);
    if (!front) throw new Error('no page');
    expect((await codeIn(front))?.text).toBe(link);
  });

  test('is read at arm’s length at least, and its words can be copied in composed Vietnamese', async () => {
    const pdf = await draw({ size });
    const [front] = await picturesOf(pdf, 300);
    const code = front && (await codeIn(front));
    const moduleMm = ((code?.widthPx ?? 0) / 300) * (25.4 / 25);
    expect(moduleMm / rules.moduleMmPerM.figure).toBeGreaterThan({ a4: 1.4, a5: 1, card: 0.45 }[size]);
    const text = (await textsOf(pdf)).join(' ');
    expect(text).toBe(text.normalize('NFC'));
    for (const words of [
      appName,
      'Phường Văn Miếu - Quốc Tử Giám',
      'UBND thành phố Hà Nội',
      ...steps,
      warning,
      'scan.ihanoi.gov.vn/q/ZZZZ0000',
      '1022, nhánh 8',
    ])
      expect(text).toContain(words);
  });

  test('has the size it is cut to, and 3 mm of colour and crop marks around it for a printing house', async () => {
    const { width, height } = paperMm[size];
    for (const [bleed, around] of [
      [false, 0],
      [true, 10],
    ] as const) {
      const pdf = await draw({ size, bleed });
      const document = await library.loadDocument(pdf);
      for (const page of document.pages()) {
        const { originalWidth, originalHeight } = page.getOriginalSize();
        expect(originalWidth / pointsPerMm).toBeCloseTo(width + 2 * around, 1);
        expect(originalHeight / pointsPerMm).toBeCloseTo(height + 2 * around, 1);
      }
      document.destroy();
      const box = (name: string) =>
        new RegExp(`/${name} \\[([^\\]]+)\\]`)
          .exec(pdf.toString('latin1'))?.[1]
          ?.split(' ')
          .map((value) => Math.round((Number(value) / pointsPerMm) * 10) / 10);
      expect(box('TrimBox')).toEqual([around, around, around + width, around + height]);
      expect(box('BleedBox')).toEqual(bleed ? [7, 7, 13 + width, 13 + height] : [0, 0, width, height]);
    }
    const [page] = await picturesOf(await draw({ size, bleed: true }), 100);
    const colorAt = (xMm: number, yMm: number) => {
      const at = page ? (Math.round((yMm / 25.4) * 100) * page.width + Math.round((xMm / 25.4) * 100)) * 4 : 0;
      return page?.data.slice(at, at + 3).join();
    };
    // Colour reaches 3 mm over the edge, and beyond it lies nothing.
    expect([colorAt(8, 15), colorAt(3, 15)]).toEqual([colorAt(11, 15), '255,255,255']);
    expect(colorAt(8, 15)).not.toBe('255,255,255');
  });
});

describe('printed words', () => {
  test.each(paperSizes)('are not broken in two by a line on %s', async (size) => {
    const document = await library.loadDocument(await draw({ size }));
    const lines = [...document.pages()].flatMap((page) => page.getText().split(/[\r\n]+/)).map((line) => line.trim());
    document.destroy();
    for (const half of ['mã', 'máy', 'cài', 'kiến', 'Hà', 'thành', 'kết', 'hướng', 'mật'])
      expect(lines.filter((line) => line.endsWith(` ${half}`))).toEqual([]);
  });

  test('say that a trial’s paper is none to hang up, and leave out a help line that nobody checked', async () => {
    const [trial = ''] = await textsOf(await draw({}, { ...campaign, trial: true }));
    expect(trial).toContain('Bản in thử, không phát hành');
    const [unchecked = ''] = await textsOf(await draw({ unit: undefined }, { ...campaign, helpline: { ...campaign.helpline, confirmed: false } }));
    expect(unchecked).not.toContain('1022');
    expect(unchecked.match(/UBND thành phố Hà Nội/g)).toHaveLength(1);
  });

  test('embed the one font and no other', async () => {
    const pdf = (await draw({})).toString('latin1');
    const names = [...pdf.matchAll(/\/BaseFont \/(\S+)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^[A-Z]{6}\+BeVietnamPro-/);
    expect(pdf).toContain('/FontFile');
  });
});

test('every module is a whole number of a printer’s dots, for links of any length', () => {
  for (const host of ['q.vn', 'scan.ihanoi.gov.vn', 'a-longer-host-name.example.gov.vn'])
    for (const side of [20, 34, 77.7, 104]) {
      const pen = openPen({ title: '', author: '', at, bleed: false });
      pen.sheet(210, 297);
      const { moduleMm, side: taken } = drawCode(pen, scanLink(host, { owner: 1, item: 0 }), { x: 10.3, y: 9.9, side });
      expect(moduleMm / dotMm).toBeCloseTo(Math.round(moduleMm / dotMm), 6);
      expect(taken).toBeLessThanOrEqual(side);
    }
});
