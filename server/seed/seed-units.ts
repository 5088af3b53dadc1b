// The administrative units that ship with the product, read again at every start.
import { join } from 'node:path';
import { z } from 'zod';
import { datedUnitSchema } from '../../core/units.ts';
import type { Queries } from '../database/open-database.ts';
import { putUnits } from '../units/unit-store.ts';
import { readCsv } from './read-csv.ts';

const rowSchema = z.object({ code: z.string(), kind: z.string(), name: z.string(), level: z.string(), valid_from: z.string(), valid_to: z.string() });

export async function seedUnits(db: Queries, assetsDir: string): Promise<void> {
  const rows = await readCsv(join(assetsDir, 'units', 'hanoi-units.csv'), rowSchema);
  await putUnits(
    db,
    rows.map(({ code, kind, name, level, valid_from, valid_to }) =>
      datedUnitSchema.parse({ code, kind, name, level, validFrom: valid_from, validTo: valid_to || undefined }),
    ),
  );
}
