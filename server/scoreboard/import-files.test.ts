// Files that are not taken, each with what to do about it. What is read, and how, is in `office-files.test.ts`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPreviewSchema, importPaths } from '../../core/import-api.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
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
    url: importPaths.imports,
    payload: Buffer.from(bytes),
    headers: { authorization: server.authorization, 'content-type': type },
  });

const book = (rows: readonly (readonly TestCell[])[], merged: readonly string[] = []) => writeWorkbook({ name: 'Tổng hợp', rows, merged });
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

  test('an .xls of Excel 95, with what to do in Excel', async () => {
    const file = readFileSync(join(import.meta.dirname, 'testing', 'old-workbooks', 'excel-95.xls'));
    const answer = await send(file, 'application/vnd.ms-excel');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('.xlsx');
  });
});
