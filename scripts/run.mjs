// `node scripts/run.mjs SCRIPT ARGS`: provides what is missing, then runs one script under Node 24, such as that of `npm run shots`.
import { fileURLToPath } from 'node:url';
import { underNode24 } from './setup/under-node24.mjs';

await underNode24(fileURLToPath(import.meta.url), async () => {
  const { runScript } = await import('./commands/run-script.mjs');
  const [script = '', ...args] = process.argv.slice(2);
  process.exitCode = await runScript(script, args);
});
