// `npm run map:shapes`: makes the shapes that screens and pages draw from the TopoJSON in assets/units, after that has changed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { communeShapes } from './map/commune-shapes.ts';

const target = fileURLToPath(new URL('../core/map/hanoi-communes-2025.json', import.meta.url));
writeFileSync(target, `${JSON.stringify(communeShapes())}\n`);
