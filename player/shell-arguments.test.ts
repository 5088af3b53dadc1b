import { expect, test } from 'vitest';
import { profileSchema } from '../core/profile.ts';
import { factoryProfile, readShellArguments } from './shell-arguments.ts';

test('reads a data folder alone as a kiosk window on a reception screen', () => {
  const reading = readShellArguments(['--data', '/somewhere with spaces']);
  expect(reading).toMatchObject({
    ok: true,
    args: { dataFolder: '/somewhere with spaces', window: 'kiosk', profile: { kind: 'lcd', viewport: { width: 1920, height: 1080 } } },
  });
});

test('reads kind, size, window, server and browser', () => {
  const reading = readShellArguments([
    '--data',
    'd',
    '--kind',
    'led',
    '--size',
    '960x576',
    '--window',
    'headless',
    '--server',
    'http://127.0.0.1:8080',
    '--browser',
    '/b',
  ]);
  expect(reading).toMatchObject({
    ok: true,
    args: { window: 'headless', server: 'http://127.0.0.1:8080', browser: '/b', profile: { audience: 'traffic', viewport: { width: 960, height: 576 } } },
  });
});

test.each([
  ['4GB', 4e9],
  ['500MB', 500e6],
])('reads a media budget of %s', (text, budgetBytes) => {
  expect(readShellArguments(['--data', 'd', '--media-budget', text])).toMatchObject({ ok: true, args: { budgetBytes } });
});

test.each([
  [[], '--data'],
  [['--data', 'd', '--size', '960'], '--size'],
  [['--data', 'd', '--size', '10x576'], '--size'],
  [['--data', 'd', '--kind', 'wall'], '--kind'],
  [['--data', 'd', '--window', 'tab'], '--window'],
  [['--data', 'd', '--server', 'ftp://x'], '--server'],
  [['--data', 'd', '--enrol', 'abc'], '--enrol'],
  [['--data', 'd', '--media-budget', '4'], '--media-budget'],
  [['--data', 'd', '--media-budget', '10MB'], '--media-budget'],
  [['--data', 'd', '--brightness-program', 'led-brightness'], '--brightness-program'],
  [['--data', 'd', '--nope'], '--nope'],
])('refuses %j in one line that names the option', (argv, named) => {
  const reading = readShellArguments(argv);
  expect(reading.ok).toBe(false);
  if (reading.ok) return;
  expect(reading.problem).toContain(named);
  expect(reading.problem).not.toContain('\n');
});

test.each(['led', 'lcd', 'kiosk'] as const)('describes a factory %s by a valid profile', (kind) => {
  expect(profileSchema.parse(factoryProfile(kind, 960, 576))).toEqual(factoryProfile(kind, 960, 576));
});
