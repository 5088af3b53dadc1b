// Settings from the command line, the environment and one file: which counts, and what is said when one is wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keepCaptures, keepPlays, keepScans, readCommandLine, usualFigureHosts } from './command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'ihanoi settings '));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (content: unknown) => {
  const path = join(folder, `${Math.abs(JSON.stringify(content).length)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const needed = ['--data', 'd', '--port', '8080'];

describe('settings', () => {
  it('have their usual values where nothing is said', () => {
    expect(readCommandLine(needed, {})).toEqual({
      ...{ ok: true, databaseUrl: undefined },
      settings: {
        ...{
          data: 'd',
          port: 8080,
          host: '127.0.0.1',
          tree: undefined,
          units: undefined,
          playlists: undefined,
          assets: undefined,
          url: undefined,
          trial: true,
        },
        ...{ keepPlays: keepPlays.usual, keepScans: keepScans.usual, keepCaptures: keepCaptures.usual },
        figureHosts: usualFigureHosts,
      },
    });
  });

  it('come from the file, the environment over it, the command line over both', () => {
    const config = fileOf({ data: 'file', port: 1000, host: '0.0.0.0', trial: false, keepPlays: 40, databaseUrl: 'postgres://file/x' });
    expect(readCommandLine(['--port', '3000'], { IHANOI_CONFIG: config, IHANOI_PORT: '2000', IHANOI_DATA: 'env', DATABASE_URL: '' })).toMatchObject({
      ...{ ok: true, databaseUrl: 'postgres://file/x' },
      settings: { data: 'env', port: 3000, host: '0.0.0.0', trial: false, keepPlays: 40 },
    });
    expect(readCommandLine([...needed, '--no-trial', '--config', fileOf({ trial: true })], { PUBLIC_ORIGIN: 'https://display.example.vn' })).toMatchObject({
      settings: { trial: false, url: 'https://display.example.vn' },
    });
  });

  it('name hosts for each side, by whole names', () => {
    expect(readCommandLine([...needed, '--staff-hosts', 'Desk.example.vn,localhost'], { PUBLIC_HOSTS: 'q.example.vn' })).toMatchObject({
      settings: { hosts: { staff: ['desk.example.vn', 'localhost'], public: ['q.example.vn'] } },
    });
    const wrong = readCommandLine([...needed, '--player-hosts', 'https://box.example.vn'], {});
    expect(wrong.ok ? '' : wrong.reason).toContain('--player-hosts: cần · expects names such as');
  });

  it('are refused all at once, each with where it stands and what it expects', () => {
    const wrong = readCommandLine(['--port', '99999'], { PUBLIC_ORIGIN: 'https://display.example.vn/console', IHANOI_TRIAL: 'maybe', IHANOI_KEEP_PLAYS: '3' });
    expect(wrong.ok ? [] : wrong.reason.split('\n')).toEqual([
      expect.stringContaining('--data (IHANOI_DATA)'),
      expect.stringContaining('--port'),
      expect.stringContaining('PUBLIC_ORIGIN'),
      expect.stringContaining('IHANOI_TRIAL'),
      expect.stringContaining('IHANOI_KEEP_PLAYS: cần · expects 35 days or more'),
    ]);
  });

  it.each([
    ['is not there', join(folder, 'none.json'), 'none.json'],
    ['is no JSON', fileOf('{ data:'), 'cannot be read'],
    ['names a setting that there is not', fileOf({ datta: 'x' }), 'datta'],
    ['has a list where a value belongs', fileOf({ data: ['x', 'y'] }), 'cannot be read'],
  ])('say so when the file %s', (_what, config, words) => {
    const read = readCommandLine(needed, { IHANOI_CONFIG: config });
    expect(read.ok ? '' : read.reason).toContain(words);
  });
});
