import { expect, test } from 'vitest';
import { logExcerpt } from './log-upload.ts';

test('leaves out what nobody should read', () => {
  const text = [
    '{"msg":"enrol ihanoi1.eyJzZXJ2ZXIiOiJodHRw_x-y"}',
    '{"url":"http://127.0.0.1:40123/AbCdEf0123456789abcdef/stage.html"}',
    '{"token":"abc","pin":"1234","item":"install"}',
  ].join('\n');
  expect(logExcerpt(text)).toBe(
    ['{"msg":"enrol ***"}', '{"url":"http://127.0.0.1:40123/***/stage.html"}', '{"token":"***","pin":"***","item":"install"}'].join('\n'),
  );
});

test('keeps the last whole lines that fit', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `{"line":${index},"text":"màn hình"}\n`);
  const excerpt = logExcerpt(lines.join(''), 200);
  expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(200);
  expect(excerpt.endsWith(lines.at(-1) ?? '')).toBe(true);
  for (const line of excerpt.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ text: 'màn hình' });
});
