// `npm start`: provides what is missing, then starts server and player. Runs on any Node from 18 on and goes on under Node 24.
import { fileURLToPath } from 'node:url';
import { underNode24 } from './setup/under-node24.mjs';

await underNode24(fileURLToPath(import.meta.url), async () => {
  const { start } = await import('./start/start.mjs');
  await start(process.argv.slice(2));
  process.exit();
});
