// Many screens from a table, against the real server: rows with what is wrong, all or none, and labels with which real boxes become those screens.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { batchAnswerSchema, batchPaths } from '../../../core/batch-api.ts';
import { screenViewSchema } from '../../../core/screen-api.ts';
import { connect, newBox } from '../../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../../testing/test-people.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let one: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  one = await signedInPerson(server, 'admin');
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await one.call('GET', '/api/screens')).body);
const send = async (csv: string, confirm = true, by = one) => batchAnswerSchema.parse((await by.call('POST', batchPaths.batch, { csv, confirm })).body);
const said = (answer: { findings: { words: { vi: string } }[] }) => answer.findings.map(({ words }) => words.vi).join('\n');
const head = 'STT;Tên;Địa điểm;Đơn vị;Loại;Kênh;Nhãn;Liên hệ;Rộng (px);Cao (px);Bước điểm ảnh (mm);Đơn vị vận hành';

/** The words of the first sheet, and the codes on it as a scanner of 300 dots an inch reads them. */
async function readSheet(pdf: Buffer): Promise<{ words: string; codes: string[] }> {
  const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const sheet = document.getPage(0);
  const words = sheet.getText();
  const { data, width, height } = await sheet.render({ scale: 300 / 72, colorSpace: 'BGRA', render: 'bitmap' });
  document.destroy();
  library.destroy();
  const picture = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb', pixelFormat: 'rgba-unorm8' } as ImageData;
  const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 255 });
  return { words, codes: found.filter(({ isValid }) => isValid).map(({ text }) => text) };
}

describe('a table of screens', () => {
  it('of 500 rows is made at once, with units, tags, sizes and channels', async () => {
    const rows = Array.from(
      { length: 500 },
      (_, index) =>
        `${index + 1};Ngã tư ${index + 1};Phố ${index + 1};Ba Đình;led nga tu p10;;Nút giao, Chợ;Bình 0912;${index === 0 ? '1280;640;6,67' : ';;'};${index === 0 ? 'Công ty Ánh Sáng' : ''}`,
    );
    const csv = `\ufeffDANH SÁCH MÀN HÌNH\r\n${[head, ...rows].join('\r\n')}\r\n`;
    const looked = await send(csv, false);
    expect([said(looked), looked.rows.length, looked.made.length]).toEqual(['', 500, 0]);
    const { made } = await send(csv);
    expect(made).toHaveLength(500);
    const all = (await screens()).filter(({ id }) => made.includes(id));
    expect(new Set(all.map(({ number }) => number)).size).toBe(500);
    const first = all.find(({ name }) => name === 'Ngã tư 1');
    expect(first).toMatchObject({
      place: 'Phố 1',
      channel: 'street',
      channelByRules: true,
      tags: ['Nút giao', 'Chợ'],
      contact: 'Bình 0912',
      operator: 'Công ty Ánh Sáng',
      condition: 'unpaired',
    });
    expect(first?.unit).toMatch(/^d\d+$/);
    expect(first?.profile).toMatchObject({ pitchMm: 6.67, viewport: { width: 1280, height: 640 }, audience: 'traffic' });
  });

  it('with anything wrong makes nothing and names each row with what to do', async () => {
    const before = (await screens()).length;
    const csv = [
      head,
      '1;;Phố;;LCD sảnh, ngang',
      '2;A;;Quận Mới;LED',
      '3;B;;Ba Dinh;Kiosk cảm ứng;khong-co;;;x',
      '4;C;;;LCD sảnh, dọc',
      '5;C;;;LCD sảnh, dọc',
      '6;D;;;LCD sảnh, dọc;;;;;;;…',
    ].join('\n');
    const answer = await send(csv);
    expect(answer.made).toEqual([]);
    const words = said(answer);
    for (const part of [
      'Dòng 2: tên',
      'Dòng 3: cột “Loại”',
      'Dòng 4: không có kênh “khong-co”',
      'Dòng 4: cột “Rộng (px)”',
      'Dòng 6: trùng tên với dòng 5',
      'Dòng 7: cột “Đơn vị vận hành”: phải có chữ hoặc số.',
    ])
      expect(words).toContain(part);
    expect((await screens()).length).toBe(before);
    expect(said(await send('Tên;Loại\n"A;LED'))).toContain('không phải bảng CSV');
    expect(said(await send('a,b\n1,2'))).toContain('Tải tệp mẫu');
    expect(said(await send(`Tên,Loại\n${'A,Kiosk cảm ứng\n'.repeat(1_001)}`))).toContain('tối đa 1000');
    expect(said(await send('Tên,Loại,Đơn vị\nA,Kiosk cảm ứng,Hoàn Kím'))).toContain('có phải');
  });

  it('is the template filled in as it comes', async () => {
    const template = await server.app.inject({ url: batchPaths.template, headers: { cookie: one.cookie } });
    expect(template.headers['content-type']).toContain('text/csv');
    const answer = await send(template.body, false);
    expect(answer.rows).toHaveLength(7);
    expect(said(answer)).toContain('không có đơn vị “Phường”');
  });

  it('reaches no further than the unit of whoever sends it', async () => {
    const local = await signedInPerson(server, 'admin', { unit: 'c00004' });
    const answer = await send('Tên,Loại,Đơn vị\nA,Kiosk cảm ứng,Ba Đình', true, local);
    expect(said(answer)).toContain('ngoài phạm vi');
    const own = await send('Tên,Loại\nCủa phường,Kiosk cảm ứng', true, local);
    expect((await screens()).find(({ id }) => id === own.made[0])?.unit).toBe('c00004');
  });
});

describe('a sheet of labels', () => {
  it('is a PDF from which each code makes a box that screen, once, for weeks', async () => {
    const { made } = await send('Tên,Loại\nNhãn 1,Kiosk cảm ứng\nNhãn 2,"LCD sảnh, ngang"');
    const { host } = new URL(server.url);
    const answer = await server.app.inject({
      ...{ method: 'POST', url: batchPaths.labels, headers: { host, origin: server.url, cookie: one.cookie }, payload: { screens: made, days: 30 } },
    });
    expect([answer.statusCode, answer.headers['content-type'], answer.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    const { words, codes } = await readSheet(answer.rawPayload);
    expect(words).toContain('Nhãn 2');
    expect(codes).toHaveLength(2);
    const rows = await server.context.db.selectFrom('enrolments').select(['screen', 'expires_at']).where('screen', 'in', made).execute();
    expect(rows).toHaveLength(2);
    for (const { expires_at } of rows) expect(expires_at).toBe(server.clock.now + 30 * 86_400_000);
    server.clock.now += 29 * 86_400_000;
    const welcomed: string[] = [];
    for (const text of codes) {
      const player = connect(server.url, newBox(), { enrol: text });
      await player.prove();
      welcomed.push((await player.next('welcome')).screen);
      player.close();
    }
    expect(new Set(welcomed)).toEqual(new Set(made));
  });
});
