// Files as offices really send them, from their bytes through preview and confirmation to the exact figures of the signed snapshot.
import { expect, test } from 'vitest';
import { importPreviewSchema, type ImportPreview, importPaths } from '../../core/import-api.ts';
import { confirmedSchema } from '../../core/board-api.ts';
import { readPayload } from '../../core/signed.ts';
import { snapshotSchema } from '../../core/snapshot.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { scoreboardRoutes } from './scoreboard-routes.ts';
import { snapshotEnvelope } from './snapshot-store.ts';
import { sortUnits } from './sort-units.ts';
import { startTestServer } from './test-server.ts';
import { officeFiles, type OfficeUnit } from './testing/office-files.ts';

/** No two units have the same figures, so none can stand for another. */
const figuresOf = (unit: OfficeUnit['unit'], index: number): OfficeUnit => ({ unit, count: 1_000 + 137 * index, base: 21_000 + 501 * index });

test.each(officeFiles)('$name', async ({ tree, sheet, asks = false, withoutBase = false, make }) => {
  const server = await startTestServer([scoreboardRoutes], { tree });
  try {
    const { app, authorization, context } = server;
    const units = sortUnits(await unitsOfTree(context.db, tree)).map(figuresOf);
    const payload = Buffer.from(make(units));
    const url = sheet === undefined ? importPaths.imports : `${importPaths.imports}?sheet=${encodeURIComponent(sheet)}`;
    const answer = await app.inject({ method: 'POST', url, payload, headers: { authorization, 'content-type': 'application/octet-stream' } });
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
    const preview: ImportPreview = importPreviewSchema.parse(answer.json());
    const meant = new Map(units.map(({ unit, count }) => [count, unit.code]));
    const asked = preview.rows.filter(({ choices }) => choices.length > 0);
    expect([asked.length > 0, preview.errors - asked.length]).toEqual([asks, 0]);
    // Line by line, as the person at the desk reads it in the file.
    const text = payload.toString('utf8').split('\n');
    const choices = asked.map(({ line }) => ({ line, unit: meant.get(Number(text[line - 1]?.split(';')[1])) }));
    const confirmed = await app.inject({ method: 'POST', url: importPaths.confirm(preview.id), payload: { choices }, headers: { authorization } });
    expect([confirmed.statusCode, confirmed.statusCode === 200 ? '' : confirmed.body]).toEqual([200, '']);
    const envelope = await snapshotEnvelope(context.db, confirmedSchema.parse(confirmed.json()).sha256);
    const read = readPayload(envelope?.payload ?? '', snapshotSchema);
    const rows = read.ok ? read.document.rows : [];
    expect(new Map(rows.map(({ unit, count, base }) => [unit, [count, base]]))).toEqual(
      new Map(units.map(({ unit, count, base }) => [unit.code, [count, withoutBase ? null : base]])),
    );
  } finally {
    await server.close();
  }
});
