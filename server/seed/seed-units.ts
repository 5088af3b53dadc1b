// The administrative units that ship with the product, and those of the site's own file; both are read again at every start.
import { join } from 'node:path';
import { z } from 'zod';
import { slugSchema } from '../../core/primitives.ts';
import { datedUnitSchema, type DatedUnit } from '../../core/units.ts';
import type { Queries } from '../database/open-database.ts';
import { putUnits, trees } from '../units/unit-store.ts';
import { readCsv } from './read-csv.ts';

const shippedRow = z.object({ code: z.string(), kind: z.string(), name: z.string(), level: z.string(), valid_from: z.string(), valid_to: z.string() });

async function shippedUnits(assetsDir: string): Promise<DatedUnit[]> {
  const rows = await readCsv(join(assetsDir, 'units', 'hanoi-units.csv'), shippedRow);
  return rows.map(({ code, kind, name, level, valid_from, valid_to }) =>
    datedUnitSchema.parse({ code, kind, name, level, validFrom: valid_from, validTo: valid_to || undefined }),
  );
}

const text = z.string().transform((words) => words.normalize('NFC').trim());
const maybe = text.default('').transform((words) => words || undefined);
/** `tree`: which of them compete with each other; `above`: code of the unit that it lies in, of this file or one that ships. */
const ownRow = z.object({ code: text, kind: text, name: text, tree: text.pipe(slugSchema), above: text, valid_from: text, valid_to: maybe });
/** A ring in a file ends here, as everywhere. */
const deepest = 20;

/** Units of a site, such as the residential groups of a ward, to any depth. @throws Error that names the first row that cannot be */
async function ownUnits(file: string, shipped: readonly DatedUnit[]): Promise<DatedUnit[]> {
  const rows = await readCsv(file, ownRow);
  const levels = new Set<string>([...Object.keys(trees), ...Object.values(trees)]);
  const above = new Map<string, string | undefined>(shipped.map(({ code }) => [code, undefined]));
  const refuse = (code: string, vi: string, en: string) => new Error(`${file}, ${code}: ${vi} · ${en}`);
  for (const { code, tree, above: parent } of rows) {
    if (above.has(code)) throw refuse(code, 'mã này đã có', 'this code is there already');
    if (levels.has(tree)) throw refuse(code, `cây ${tree} là của sản phẩm`, `the tree ${tree} is the product’s own`);
    above.set(code, parent);
  }
  for (const { code, above: parent } of rows) {
    if (!above.has(parent)) throw refuse(code, `không có đơn vị cấp trên ${parent}`, `there is no unit ${parent} above it`);
    let at: string | undefined = code;
    for (let steps = 0; at !== undefined; steps++) {
      if (steps > deepest) throw refuse(code, 'các đơn vị cấp trên nối thành vòng', 'the units above it go round in a ring');
      at = above.get(at);
    }
  }
  return rows.map(({ tree, valid_from, valid_to, ...unit }) => {
    const parsed = datedUnitSchema.safeParse({ ...unit, level: tree, validFrom: valid_from, validTo: valid_to });
    if (!parsed.success) throw refuse(unit.code, 'dòng này không đúng mẫu', z.prettifyError(parsed.error));
    return parsed.data;
  });
}

/** @param file of the site's own units, where it has any */
export async function seedUnits(db: Queries, assetsDir: string, file: string | undefined): Promise<void> {
  const shipped = await shippedUnits(assetsDir);
  await putUnits(db, [...shipped, ...(file === undefined ? [] : await ownUnits(file, shipped))]);
}
