// How fast the server hands out media to 50 clients that ask for ranges, against nginx on the same files.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playerPaths } from '../core/protocol.ts';
import { keepBytes, mediaPath } from '../server/media/media-files.ts';
import { putMedia } from '../server/media/media-store.ts';
import { freePort } from '../server/testing/free-port.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { readers } from './support/readers.ts';
import { report } from './support/report.ts';

const clients = 50;
const fileBytes = 32 * 2 ** 20;
const rangeBytes = 4 * 2 ** 20;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);
const megabytes = rangeBytes / 1e6;

/** nginx on one folder and one port, with one process as the server has. @returns what ends it */
async function startNginx(place: string, files: string, port: number): Promise<() => void> {
  const config = join(place, 'nginx.conf');
  const asRoot = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    config,
    `${asRoot} daemon off; worker_processes 1; pid ${place}/nginx.pid; error_log stderr; events { worker_connections 256; }
http { access_log off; sendfile on; client_body_temp_path ${place}/a; proxy_temp_path ${place}/b; fastcgi_temp_path ${place}/c; uwsgi_temp_path ${place}/d; scgi_temp_path ${place}/e;
  server { listen 127.0.0.1:${port}; root "${files}"; } }`,
  );
  const nginx = spawn('nginx', ['-p', place, '-c', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  const failed = new Promise<never>((_resolve, reject) => nginx.once('error', reject));
  for (let up = false; !up;)
    up = await Promise.race([
      failed,
      fetch(`http://127.0.0.1:${port}/none`).then(
        () => true,
        () => false,
      ),
    ]);
  return () => void nginx.kill();
}

const place = mkdtempSync(join(tmpdir(), 'ihanoi-nginx-'));
const server = await startTestServer();
try {
  const { db, filesDir, now } = server.context;
  const sha256 = await keepBytes(filesDir, randomBytes(fileBytes));
  await putMedia(db, { sha256, type: 'video/mp4', bytes: fileBytes }, now());
  const port = await freePort();
  const stopNginx = await startNginx(place, filesDir, port);
  const ask = async (url: string) => {
    const { perSecond } = await readers(clients, url, seconds, { status: 206, headers: { range: `bytes=${rangeBytes}-${2 * rangeBytes - 1}` } });
    return perSecond * megabytes;
  };
  const before = process.cpuUsage();
  const ours = await ask(`${server.url}${playerPaths.media(sha256)}`);
  const { user, system } = process.cpuUsage(before);
  const theirs = await ask(`http://127.0.0.1:${port}/${mediaPath(sha256)}`);
  stopNginx();
  // Readers and a busy machine hold both back; what the server works for it does not depend on them.
  report({ bench: 'media', metric: 'processor-time-a-gigabyte', value: (user + system) / (ours * seconds), unit: 'ms' });
  report({
    bench: 'media',
    metric: `ranges-to-${clients}-clients`,
    value: ours,
    unit: 'MB/s',
    baseline: { name: 'nginx, the same ranges', value: theirs },
    aim: theirs / 2,
  });
} finally {
  await server.end();
  rmSync(place, { recursive: true, force: true });
}
