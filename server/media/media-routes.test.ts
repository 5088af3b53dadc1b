// Media as players fetch them: in pieces large enough that no turn of the event loop is spent on each 64 kB.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playerPaths } from '../../core/protocol.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { keepBytes } from './media-files.ts';
import { putMedia } from './media-store.ts';

const megabyte = 2 ** 20;
const bytes = randomBytes(megabyte);
let server: TestServer;
let sha256: string;

beforeAll(async () => {
  server = await startTestServer();
  const { db, filesDir, now } = server.context;
  sha256 = await keepBytes(filesDir, bytes);
  await putMedia(db, { sha256, type: 'video/mp4', bytes: bytes.length }, now());
});
afterAll(() => server.end());

/** The pieces in which an answer leaves the server, as they were read from the disk. */
async function pieces(headers: Record<string, string> = {}): Promise<Buffer[]> {
  const answer = await server.app.inject({ method: 'GET', url: playerPaths.media(sha256), headers, payloadAsStream: true });
  const read: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    answer
      .stream()
      .on('data', (piece: Buffer) => read.push(piece))
      .on('end', resolve)
      .on('error', reject);
  });
  return read;
}
const sizes = (read: readonly Buffer[]) => read.map(({ length }) => length);

it('are read 256 kB at a time, whole and by ranges', async () => {
  const whole = await pieces();
  expect(sizes(whole)).toEqual([megabyte / 4, megabyte / 4, megabyte / 4, megabyte / 4]);
  expect(Buffer.concat(whole).equals(bytes)).toBe(true);
  const range = await pieces({ range: `bytes=1000-${1_000 + megabyte / 2 - 1}` });
  expect(sizes(range)).toEqual([megabyte / 4, megabyte / 4]);
  expect(Buffer.concat(range).equals(bytes.subarray(1_000, 1_000 + megabyte / 2))).toBe(true);
});
