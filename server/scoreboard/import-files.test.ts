// Files as wards really send them, from their bytes to a snapshot's rows: workbooks with split headings, formulas and groups, and letters of old fonts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apiPaths, importPreviewSchema } from '../../core/api.ts';
import { confirmedSchema } from '../../core/board-api.ts';
import { readPayload } from '../../core/signed.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { snapshotEnvelope } from './snapshot-store.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { writeWorkbook, type TestCell } from './testing/write-workbook.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let server: TestServer;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes]);
});
afterEach(() => server.close());

const send = (bytes: Uint8Array | string, type: string) =>
  server.app.inject({
    method: 'POST',
    url: apiPaths.imports,
    payload: Buffer.from(bytes),
    headers: { authorization: server.authorization, 'content-type': type },
  });

async function rowsOf(bytes: Uint8Array | string, type: string) {
  const answer = await send(bytes, type);
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  const { id, errors } = importPreviewSchema.parse(answer.json());
  expect(errors).toBe(0);
  const confirmed = await server.app.inject({
    method: 'POST',
    url: apiPaths.confirm(id),
    payload: { leaveOutBadRows: false },
    headers: { authorization: server.authorization },
  });
  const { sha256 } = confirmedSchema.parse(confirmed.json());
  const envelope = await snapshotEnvelope(server.context.db, sha256);
  const read = readPayload(envelope?.payload ?? '', snapshotSchema);
  if (!read.ok) throw new Error(read.reason);
  return read.document.rows.map(({ unit, count }) => [unit, count]);
}

const book = (rows: readonly (readonly TestCell[])[], merged: readonly string[] = []) => writeWorkbook({ name: 'Tổng hợp', rows, merged });
const bytesOf = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));

const expected = [
  ['d001', 1_234],
  ['d271', 5_678],
];

describe('becomes a snapshot', () => {
  const plain = book([
    ['Đơn vị', 'Lũy kế'],
    ['Ba Đình', 1234],
    ['Ba Vì', 5678],
  ]);
  test.each<[string, Uint8Array | string, string]>([
    ['a plain workbook', plain, workbookType],
    ['a workbook sent without its type', plain, 'application/octet-stream'],
    [
      'a workbook with a title, headings in two merged rows, numbers as text, STT and a total',
      book(
        [
          ['UBND THÀNH PHỐ HÀ NỘI'],
          ['KẾT QUẢ CÀI ĐẶT iHANOI'],
          ['STT', 'Đơn vị', 'Số tài khoản', null, 'Tỷ lệ (%)'],
          [null, null, 'Trong tuần', 'Lũy kế', null],
          [1, 'Quận Ba Đình', '34', '1.234', 10],
          [2, 'Huyện Ba Vì', '78', '5.678', 20],
          [null, 'TỔNG CỘNG', '112', '6.912', 15],
        ],
        ['A1:E1', 'A2:E2', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:E4'],
      ),
      workbookType,
    ],
    [
      'a workbook of formulas with their values',
      book([
        ['Đơn vị', 'Lũy kế'],
        ['Ba Đình', { formula: 'C2+D2', value: 1234 }],
        [{ runs: ['Ba ', 'Vì'] }, { formula: 'SUM(C3:D3)', value: 5678 }],
      ]),
      workbookType,
    ],
    [
      'a workbook whose first sheet is a cover',
      writeWorkbook(
        { name: 'Bìa', rows: [['Báo cáo tuần']] },
        {
          name: 'Số liệu',
          rows: [
            ['Đơn vị', 'Lũy kế'],
            ['Ba Đình', 1234],
            ['Ba Vì', 5678],
          ],
        },
      ),
      workbookType,
    ],
    ['a text in TCVN3', bytesOf('§¬n vÞ;Lòy kÕ\r\nQuËn Ba §×nh;1.234\r\nHuyÖn Ba V×;5.678\r\n'), 'text/csv'],
    ['a text in VNI', bytesOf('Ñôn vò;Luõy keá\r\nQuaän Ba Ñình;1.234\r\nHuyeän Ba Vì;5.678\r\n'), 'text/csv'],
  ])('%s', async (_, bytes, type) => {
    expect(await rowsOf(bytes, type)).toEqual(expected);
  });
});

describe('is not taken', () => {
  test('a formula without a value, and one that fails, each with its cell and what to do', async () => {
    const answer = await send(
      book([
        ['Đơn vị', 'Lũy kế'],
        ['Ba Đình', { formula: 'C2*2' }],
        ['Ba Vì', { error: '#REF!' }],
      ]),
      workbookType,
    );
    const { findings, errors } = importPreviewSchema.parse(answer.json());
    expect(errors).toBe(2);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ code, line }) => [code, line])).toEqual([
      ['formula-without-value', 2],
      ['formula-error', 3],
    ]);
  });

  test('an old .xls, with what to do in Excel', async () => {
    const answer = await send(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'application/vnd.ms-excel');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('.xlsx');
  });
});
