// `npm run fonts:measure`: writes the advance widths of the product's font anew, after the font's package has changed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { measureFont } from './fonts/be-vietnam-pro.ts';

const target = fileURLToPath(new URL('../core/legibility/advance-widths.json', import.meta.url));
writeFileSync(target, `${JSON.stringify(measureFont())}\n`);
