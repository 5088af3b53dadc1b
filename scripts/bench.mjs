// `npm run bench [-- NAME ...]`: provides what is missing, then runs all benches or the named ones, one after the other.
import { fileURLToPath } from 'node:url';
import { underNode24 } from './setup/under-node24.mjs';

await underNode24(fileURLToPath(import.meta.url), async () => {
  const { bench } = await import('./commands/bench.mjs');
  await bench(process.argv.slice(2));
});
