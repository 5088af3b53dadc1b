// The folder of the product, found from wherever this code runs: as it is written, or as one built file below dist/.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

function folderWithPackage(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('no package.json above the running code');
  return folderWithPackage(above);
}

export const product = folderWithPackage(import.meta.dirname);

export const productVersion = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(product, 'package.json'), 'utf8'))).version;
