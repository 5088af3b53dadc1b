// `npm run docs:api`: writes docs/api.md from the routes of a server that is started for it and stopped again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readApiDocument } from '../server/http/api-document.ts';
import { apiPage } from '../server/http/api-page.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { root } from './setup/paths.mjs';

const server = await startTestServer();
try {
  writeFileSync(join(root, 'docs', 'api.md'), apiPage(readApiDocument((await server.app.inject('/api/docs/json')).json())));
} finally {
  await server.end();
}
