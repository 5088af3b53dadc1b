// `npm run build`: provides packages and builds what is stale into dist/.
import { fileURLToPath } from 'node:url';
import { underNode24 } from './setup/under-node24.mjs';

await underNode24(fileURLToPath(import.meta.url), async () => {
  const { providePackagesAndBuilds } = await import('./setup/setup.mjs');
  await providePackagesAndBuilds();
});
