// The imports' API: preview, findings, confirm, refusals, numbers that grow, and uploads that are too large.
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPreviewSchema, scoreboardViewSchema, type ImportPreview, importPaths } from '../../core/import-api.ts';
import { confirmedSchema } from '../../core/board-api.ts';
import { openEnvelope } from '../../core/signed.ts';
import { signersFor } from '../../core/root-document.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { verify } from '../keys/ed25519.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { currentSnapshots, snapshotEnvelope } from './snapshot-store.ts';
import { writeWorkbook } from './testing/write-workbook.ts';
import { startTestServer, testStart, type TestServer } from './test-server.ts';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes]);
});
afterEach(() => server.close());

const good = 'Đơn vị;Lũy kế;Mẫu số\nQuận Ba Đình;1.000;10.000\nHuyện Ba Vì;3.000;12.000\n';

function post(path: string, payload: string | Uint8Array | object = {}, type?: string) {
  const headers = { authorization: server.authorization, ...(type === undefined ? {} : { 'content-type': type }) };
  return server.app.inject({ method: 'POST', url: path, payload: payload instanceof Uint8Array ? Buffer.from(payload) : payload, headers });
}
const send = (csv: string | Uint8Array, query = '') => post(importPaths.imports + query, csv, 'text/csv');

async function preview(csv: string | Uint8Array, query = ''): Promise<ImportPreview> {
  const answer = await send(csv, query);
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return importPreviewSchema.parse(answer.json());
}
async function confirm(id: string, leaveOutBadRows = false) {
  return post(importPaths.confirm(id), { leaveOutBadRows });
}
async function take(csv: string, query = '') {
  const { id } = await preview(csv, query);
  const answer = await confirm(id);
  expect(answer.statusCode).toBe(200);
  return confirmedSchema.parse(answer.json());
}
async function view() {
  const answer = await server.app.inject({ url: importPaths.scoreboard, headers: { authorization: server.authorization } });
  return scoreboardViewSchema.parse(answer.json());
}
const snapshotsStored = async () => (await server.context.db.selectFrom('snapshots').select('number').orderBy('number').execute()).map(({ number }) => number);

describe('a preview', () => {
  test('takes nothing, and says rows, ranks, total and what is missing', async () => {
    const seen = await preview(good, '?file=thang-11.csv');
    expect(seen).toMatchObject({
      file: 'thang-11.csv',
      state: 'pending',
      sample: true,
      cutOff: testStart,
      expiresAt: testStart + 3_600_000,
      accepted: 2,
      errors: 0,
    });
    expect(seen.totals).toEqual({ count: 4_000, base: 22_000, rate: 4_000 / 22_000 });
    expect(seen.rows.map(({ unit, count, rankBefore, rankAfter }) => [unit?.name, count, rankBefore, rankAfter])).toEqual([
      ['Ba Đình', 1_000, null, 2],
      ['Ba Vì', 3_000, null, 1],
    ]);
    expect(seen.findings.filter(({ code }) => code === 'missing-unit')).toHaveLength(28);
    expect(await snapshotsStored()).toEqual([]);
    expect(server.pushes).toEqual([]);
    expect((await view()).current).toBeNull();
  });

  test('can be looked at again', async () => {
    const seen = await preview(good);
    const again = await server.app.inject({ url: importPaths.import(seen.id), headers: { authorization: server.authorization } });
    expect(importPreviewSchema.parse(again.json())).toEqual(seen);
  });

  test('of a multipart upload is the same as of the bare file', async () => {
    const bare = await preview(good);
    const body = new FormData();
    body.append('file', new Blob([good], { type: 'text/csv' }), 'C:\\Số liệu\\bảng.csv');
    const encoded = new Response(body);
    const answer = await post(importPaths.imports, new Uint8Array(await encoded.arrayBuffer()), encoded.headers.get('content-type') ?? '');
    const seen = importPreviewSchema.parse(answer.json());
    expect(seen.file).toBe('bảng.csv');
    expect([seen.rows, seen.findings]).toEqual([bare.rows, bare.findings]);
  });

  test('of JSON rows is the same as of a file', async () => {
    const bare = await preview(good);
    const rows = [
      { unit: 'Q. Ba Đình', count: 1_000, base: '10.000' },
      { unit: 'd271', count: '3,000', base: 12_000 },
    ];
    const seen = importPreviewSchema.parse((await post(importPaths.imports, { rows, cutOff: '2024-11-26T12:00:00+07:00' })).json());
    expect(seen.cutOff).toBe(Date.parse('2024-11-26T05:00:00Z'));
    expect(seen.rows.map(({ unit, count, base }) => [unit, count, base])).toEqual(bare.rows.map(({ unit, count, base }) => [unit, count, base]));
  });

  test('names each bad row with line, column, what was found and what was expected', async () => {
    const file = 'Đơn vị;Lũy kế;Mẫu số\nBa Đình;-1;10\nHuế;5;10\nTây Hồ;x;10\nBa Vì;7;10\nH. Ba Vì;8;10\n';
    const { findings, errors, accepted } = await preview(file);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code, line, column, found }) => [code, line, column, found])).toEqual([
      ['count-negative', 2, 'Lũy kế', '-1'],
      ['unknown-unit', 3, 'Đơn vị', 'Huế'],
      ['count-not-a-number', 4, 'Lũy kế', 'x'],
      ['unit-twice', 5, 'Đơn vị', 'Ba Vì'],
      ['unit-twice', 6, 'Đơn vị', 'H. Ba Vì'],
    ]);
    expect([errors, accepted]).toEqual([5, 0]);
  });

  test('of Windows-1258 says so', async () => {
    const bytes = Uint8Array.from([
      ...Buffer.from('Unit,Count,Base\n'),
      0x51,
      0x75,
      0xe2,
      0xf2,
      0x6e,
      0x20,
      0x42,
      0x61,
      0x20,
      0xd0,
      0x69,
      0xcc,
      0x6e,
      0x68,
      ...Buffer.from(',5,10\n'),
    ]);
    const seen = await preview(bytes);
    expect(seen.rows[0]).toMatchObject({ written: 'Quận Ba Đình', unit: { code: 'd001' }, accepted: true });
    expect(seen.findings[0]).toMatchObject({ severity: 'warning', code: 'encoding' });
  });
});

describe('what cannot be read', () => {
  test.each<[string, string | Uint8Array, number, string]>([
    ['an empty file', '\n', 422, 'import-empty'],
    ['a heading without rows', 'Đơn vị,Lũy kế\n', 422, 'import-empty'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 422, 'import-unreadable'],
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 422, 'import-unreadable'],
    ['a table without a heading', 'Ba Đình,5\n', 422, 'import-unreadable'],
  ])('fault 20: %s is refused with what to do', async (_, bytes, status, code) => {
    const answer = await send(bytes);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error: { code, details: { advice: { vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) } } } });
    expect(await server.context.db.selectFrom('imports').select('id').execute()).toEqual([]);
  });

  test.each<[string, object]>([
    ['rows that are no list', { rows: 'Ba Đình' }],
    ['a key that nobody knows', { rows: [], number: 7 }],
    ['a cut-off that is no time', { rows: [{ unit: 'Ba Đình', count: 1 }], cutOff: 'hôm qua' }],
    ['a cut-off in the future', { rows: [{ unit: 'Ba Đình', count: 1 }], cutOff: '2024-11-27T17:00:00+07:00' }],
  ])('JSON with %s is refused', async (_, body) => {
    const answer = await post(importPaths.imports, body);
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'bad-request']);
  });

  test.each([
    ['a multipart body that breaks off', '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nĐơn vị'],
    ['a multipart body without a file', '--x\r\ncontent-disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n'],
  ])('%s is refused', async (_, body) => {
    const answer = await post(importPaths.imports, body, 'multipart/form-data; boundary=x');
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'bad-request']);
  });

  test('a file of more than 5 MB is too large', async () => {
    const answer = await send(new Uint8Array(5 * 2 ** 20 + 2 ** 15).fill(65));
    expect([answer.statusCode, answer.json().error.code]).toEqual([413, 'too-large']);
  });
});

describe('an upload of 100 MB', () => {
  const size = 100 * 2 ** 20;
  const chunk = Buffer.alloc(2 ** 16, 'Ba Dinh,5\n');

  /** Sends until it is cut off; what came back and how much went out. */
  async function upload(headers: Record<string, string>, head = Buffer.alloc(0)): Promise<{ status: number | undefined; sent: number }> {
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    const address = server.app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return new Promise((resolve) => {
      let sent = 0;
      let status: number | undefined;
      const outgoing = httpRequest({
        host: '127.0.0.1',
        port: address.port,
        method: 'POST',
        path: importPaths.imports,
        headers: { authorization: server.authorization, ...headers },
      });
      const done = () => resolve({ status, sent });
      outgoing.on('response', (response) => {
        status = response.statusCode;
        response.resume();
        response.on('end', () => outgoing.destroy());
      });
      // The server hangs up while the upload still goes on.
      outgoing.on('error', () => {});
      outgoing.on('close', done);
      outgoing.write(head);
      const pump = () => {
        while (sent < size && !outgoing.destroyed) {
          sent += chunk.length;
          if (!outgoing.write(chunk)) {
            outgoing.once('drain', pump);
            return;
          }
        }
        outgoing.end();
      };
      pump();
    });
  }
  const part = Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n');

  test.each<[string, Record<string, string>, Buffer<ArrayBuffer> | undefined]>([
    ['with its length', { 'content-type': 'text/csv', 'content-length': String(size) }, undefined],
    ['without its length', { 'content-type': 'text/csv' }, undefined],
    ['as multipart without its length', { 'content-type': 'multipart/form-data; boundary=x' }, part],
  ])('%s is cut off long before its end, and the server goes on', async (_, headers, head) => {
    const { status, sent } = await upload(headers, head);
    expect(status).toBe(413);
    expect(sent).toBeLessThan(size / 2);
    expect((await preview(good)).accepted).toBe(2);
  });
});

describe('confirming', () => {
  test('makes a signed snapshot, sends it to the screens and tells the console', async () => {
    const { id } = await preview(good);
    const answer = confirmedSchema.parse((await confirm(id)).json());
    expect(answer).toMatchObject({ number: 1, issuedAt: testStart });
    const envelope = await snapshotEnvelope(server.context.db, answer.sha256);
    const opened = openEnvelope(envelope, 'snapshot', snapshotSchema, signersFor(server.context.keys.root.document, 'snapshot', 'traffic'), verify);
    expect(opened).toMatchObject({
      ok: true,
      document: {
        number: 1,
        sample: true,
        campaign: server.campaign.id,
        tree: 'hanoi-districts',
        measure: server.campaign.measure,
        rows: [
          { unit: 'd001', count: 1_000, base: 10_000 },
          { unit: 'd271', count: 3_000, base: 12_000 },
        ],
      },
    });
    expect(server.pushes).toEqual([{ push: { current: envelope, previous: null }, sample: true }]);
    expect(server.told).toEqual(['scoreboard']);
    const audit = await server.context.db.selectFrom('audit').select(['who', 'what', 'subject']).execute();
    expect(audit).toEqual([{ who: 'Kho số liệu', what: 'scoreboard.confirm', subject: id }]);
    expect((await view()).current?.rows).toHaveLength(2);
  });

  test('numbers only grow, and each snapshot travels with the one before', async () => {
    const numbers = [];
    for (const count of ['1.000', '1.050', '1.090']) numbers.push((await take(`Đơn vị;Lũy kế;Mẫu số\nBa Đình;${count};10.000\n`)).number);
    expect(numbers).toEqual([1, 2, 3]);
    const last = server.pushes.at(-1)?.push;
    expect(JSON.parse(last?.current.payload ?? '{}')).toMatchObject({ number: 3, rows: [{ count: 1_090 }] });
    expect(JSON.parse(last?.previous?.payload ?? '{}')).toMatchObject({ number: 2, rows: [{ count: 1_050 }] });
  });

  test('the next file may leave out bases and targets, and a fall is shown before it is confirmed', async () => {
    await take('Đơn vị;Lũy kế;Mẫu số;Chỉ tiêu\nBa Đình;1.000;10.000;5.000\n');
    const seen = await preview('Đơn vị;Lũy kế\nBa Đình;900\n');
    expect(seen.rows[0]).toMatchObject({ count: 900, base: 10_000, target: 5_000, rankBefore: 1, rankAfter: 1 });
    expect(seen.holds).toMatchObject([{ kind: 'count-fell', name: 'Quận Ba Đình', count: 900, before: { number: 1, count: 1_000 } }]);
    expect(seen.holds[0]?.why.vi).toBe('Giảm 100: kỳ số 1 là 1.000, nay là 900.');
  });

  test('a file with bad rows is taken only when they are left out by choice', async () => {
    const { id } = await preview(`${good}Huế;5;10\n`);
    const refused = await confirm(id);
    expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'import-has-errors']);
    expect(await snapshotsStored()).toEqual([]);
    expect((await confirm(id, true)).statusCode).toBe(200);
    expect((await view()).current?.rows.map(({ unit }) => unit)).toEqual(['d001', 'd271']);
  });

  test('a file without any good row is refused even then', async () => {
    const { id } = await preview('Đơn vị;Lũy kế\nHuế;5\n');
    const refused = await confirm(id, true);
    expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'import-empty']);
  });

  test('happens once, also when two people do it at the same moment', async () => {
    const { id } = await preview(good);
    const answers = await Promise.all([confirm(id), confirm(id)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const again = await confirm(id);
    expect([again.statusCode, again.json().error.code]).toEqual([409, 'import-done']);
    expect(await snapshotsStored()).toEqual([1]);
    expect(server.pushes).toHaveLength(1);
  });

  test('an hour later it is too late', async () => {
    const { id } = await preview(good);
    server.wait(3_600_000);
    expect((await confirm(id)).json().error.code).toBe('import-done');
    expect(await snapshotsStored()).toEqual([]);
  });

  test('a preview made before another snapshot is stale', async () => {
    const early = await preview(good);
    await take(good);
    expect((await confirm(early.id)).json().error.code).toBe('import-stale');
    expect(await snapshotsStored()).toEqual([1]);
  });

  test('a preview made for another tree is stale', async () => {
    const early = await preview(good);
    await server.changeCampaign({ tree: 'hanoi-communes-2025' });
    expect((await confirm(early.id)).json().error.code).toBe('import-stale');
  });

  test('an import that never was is not found', async () => {
    expect((await confirm('00000000-0000-4000-8000-000000000000')).statusCode).toBe(404);
  });
});

describe('samples', () => {
  test('are refused where the campaign is no trial, at preview and at confirm', async () => {
    const early = await preview(good);
    await server.changeCampaign({ trial: false });
    expect((await send(good, '?sample=true')).json().error.code).toBe('sample-on-real-screen');
    expect((await confirm(early.id)).json().error.code).toBe('sample-on-real-screen');
    expect(await snapshotsStored()).toEqual([]);
    expect((await preview(good)).sample).toBe(false);
  });

  test('never stand before real figures, and give them neither bases nor changes', async () => {
    await take(good);
    const seen = await preview('Đơn vị;Lũy kế\nBa Đình;900\n', '?sample=false');
    expect(seen.rows[0]).toMatchObject({ base: null, rankBefore: null });
    expect((await confirm(seen.id)).statusCode).toBe(200);
    const { push, sample } = server.pushes.at(-1) ?? {};
    expect([sample, push?.previous]).toEqual([false, null]);
  });

  test('are not among what a real screen should show', async () => {
    const { db } = server.context;
    await take(good, '?sample=false');
    await take(good);
    const numberFor = async (audience: 'trial' | 'real') =>
      (await currentSnapshots(db, server.campaign.id, 'hanoi-districts', audience))?.current.snapshot.number;
    expect([await numberFor('trial'), await numberFor('real')]).toEqual([2, 1]);
  });
});

describe('who may', () => {
  test.each([
    ['POST', importPaths.imports],
    ['GET', importPaths.import('00000000-0000-4000-8000-000000000000')],
    ['POST', importPaths.confirm('00000000-0000-4000-8000-000000000000')],
    ['GET', importPaths.scoreboard],
    ['GET', importPaths.template],
  ] as const)('%s %s asks who calls', async (method, url) => {
    const answer = await server.app.inject({ method, url });
    expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'not-signed-in']);
  });
});

describe('the template', () => {
  test('has every unit of the tree, opens in Excel with its marks, and filled in it imports without a fault', async () => {
    const answer = await server.app.inject({ url: importPaths.template, headers: { authorization: server.authorization } });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = answer.body.trimEnd().split('\r\n');
    expect(lines).toHaveLength(31);
    expect(lines[1]).toBe('1,d001,Quận Ba Đình,,,');
    const filled = [lines[0], ...lines.slice(1).map((line) => line.replace(/,,,$/, ',5,10,8'))].join('\r\n');
    expect((await preview(filled)).findings).toEqual([]);
  });
});

describe('a workbook', () => {
  const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const sheetOf = (name: string, count: number) => ({
    name,
    rows: [
      ['Đơn vị', 'Lũy kế', 'Mẫu số'],
      ['Ba Đình', count, 100],
    ],
  });
  const book = writeWorkbook(sheetOf('Tháng 10', 5), { name: 'Ghi chú', rows: [['Không có bảng']] }, sheetOf('Tháng 11', 7));
  const sendBook = (query = '') => post(importPaths.imports + query, book, workbookType);

  test('of several sheets says which was read, and another one can be chosen', async () => {
    const first = importPreviewSchema.parse((await sendBook()).json());
    expect([first.sheet, first.sheets, first.rows[0]?.count]).toEqual(['Tháng 10', ['Tháng 10', 'Ghi chú', 'Tháng 11'], 5]);
    const other = importPreviewSchema.parse((await sendBook(`?sheet=${encodeURIComponent('Tháng 11')}`)).json());
    expect([other.sheet, other.rows[0]?.count]).toEqual(['Tháng 11', 7]);
    expect((await confirm(other.id)).statusCode).toBe(200);
    expect((await view()).current?.rows).toEqual([{ unit: 'd001', count: 7, base: 100 }]);
  });

  test.each(['Ghi chú', 'Tháng 12'])('without a table on the sheet “%s” is refused with the sheets to choose from', async (sheet) => {
    const answer = await sendBook(`?sheet=${encodeURIComponent(sheet)}`);
    expect([answer.statusCode, answer.json().error.details.sheets]).toEqual([422, ['Tháng 10', 'Ghi chú', 'Tháng 11']]);
  });

  test('to fill in has every unit, its heading is understood, and only the figures are missing', async () => {
    const answer = await server.app.inject({ url: importPaths.templateWorkbook, headers: { authorization: server.authorization } });
    expect([answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      workbookType,
      'attachment; filename="mau-so-lieu-hanoi-districts.xlsx"',
    ]);
    const read = importPreviewSchema.parse((await post(importPaths.imports, answer.rawPayload, workbookType)).json());
    expect(read.rows.map(({ unit, written }) => [unit?.code, written])).toHaveLength(30);
    expect(read.rows.every(({ unit }) => unit !== null)).toBe(true);
    expect(new Set(read.findings.map(({ code }) => code))).toEqual(new Set(['count-empty']));
  });
});

describe('the tree of communes', () => {
  test('takes the names of today and refuses those of the districts', async () => {
    await server.changeCampaign({ tree: 'hanoi-communes-2025' });
    const seen = await preview('Đơn vị;Lũy kế;Mẫu số\nP. Ba Đình;5;10\nQuận Đống Đa;5;10\nĐông Anh;5;10\n');
    const findings = seen.findings.filter(({ code }) => code !== 'missing-unit');
    expect(findings.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ['unknown-unit', 'error', 3],
      ['former-unit', 'error', 4],
    ]);
    expect(findings[0]?.expected.vi).toContain('30/06/2025');
    expect(seen.findings.filter(({ code }) => code === 'missing-unit')).toHaveLength(125);
  });
});
