// `npm test`: provides what is missing, then runs all checks. Runs on any Node from 18 on and goes on under Node 24.
import { fileURLToPath } from 'node:url';
import { underNode24 } from './setup/under-node24.mjs';

await underNode24(fileURLToPath(import.meta.url), async () => {
  const { test } = await import('./checks/test.mjs');
  await test(process.argv.slice(2));
});
