import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { answerStage } from './stage-files.ts';

const root = mkdtempSync(join(tmpdir(), 'ihanoi-stage-files-'));
const folder = join(root, 'stage');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'stage.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets', 'index-a1.js'), 'export {}');
writeFileSync(join(folder, 'notes.txt'), 'not for the page');
writeFileSync(join(root, 'secret.json'), '{}');
const bytes = Buffer.from('0123456789');
const hash = createHash('sha256').update(bytes).digest('hex');
const path = join(root, hash);
writeFileSync(path, bytes);
afterAll(() => rmSync(root, { recursive: true }));

const sources = { folder, mediaFile: (asked: string) => (asked === hash ? { path, type: 'image/png', bytes: 10 } : undefined) };
const ask = (asked: string, range?: string, method = 'GET') => answerStage({ method, path: asked, range }, sources);

test('fault 94: serves the page with its policy and never from a cache', async () => {
  const { status, headers, body } = await ask('stage.html');
  expect(status).toBe(200);
  expect(body).toEqual({ path: join(folder, 'stage.html'), start: 0, end: 14 });
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
  expect(headers['content-security-policy']).not.toContain('unsafe');
});

test('serves built files whose names carry their hash as immutable', async () => {
  expect((await ask('assets/index-a1.js')).headers['cache-control']).toContain('immutable');
});

test('serves media whole, in parts, and by HEAD without a body', async () => {
  const whole = await ask(`media/${hash}`);
  expect(whole).toMatchObject({
    status: 200,
    headers: { 'content-type': 'image/png', 'content-length': '10', 'accept-ranges': 'bytes' },
    body: { start: 0, end: 9 },
  });
  expect(whole.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const part = await ask(`media/${hash}`, 'bytes=2-4');
  expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' }, body: { start: 2, end: 4 } });
  expect(await ask(`media/${hash}`, 'bytes=99-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */10' } });
  expect((await ask(`media/${hash}`, undefined, 'HEAD')).body).toBeUndefined();
});

test.each([
  '../secret.json',
  'assets/../../secret.json',
  '.hidden',
  'assets',
  'notes.txt',
  '',
  'a//b.js',
  'stage.html/',
  `media/${'0'.repeat(64)}`,
  'media/x',
  `media/${hash}/..`,
])('finds nothing at %j', async (asked) => {
  expect(await ask(asked)).toMatchObject({ status: 404 });
});

test('refuses every other method', async () => {
  expect((await ask('stage.html', undefined, 'POST')).status).toBe(405);
});

test('does not serve a file that was cut after it was verified', async () => {
  truncateSync(path, 4);
  expect((await ask(`media/${hash}`)).status).toBe(404);
});
