// What the server is started with: the command line, over the environment, over one file. Everything is checked before anything is changed.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { slugSchema } from '../core/primitives.ts';
import type { Hosts } from './http/hosts.ts';
import { trees } from './units/unit-store.ts';

export interface Settings {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly tree: string | undefined;
  /** File of units beside those that ship, such as the residential groups of a ward. */
  readonly units?: string | undefined;
  readonly playlists: string | undefined;
  /** Folder of the pictures that playlists name, in place of the one that ships. */
  readonly assets?: string | undefined;
  /** Address at which players and staff reach the server, where it is not host and port. */
  readonly url: string | undefined;
  readonly trial: boolean;
  /** How long plays are kept one by one, days since they came in; their sums stay. */
  readonly keepPlays?: number | undefined;
  /** Which hosts answer what, where that was told. */
  readonly hosts?: Hosts | undefined;
  /** How long openings of codes are kept one by one, days; their sums by the hour stay. */
  readonly keepScans?: number | undefined;
  /** How long the last picture of a screen is kept, days. */
  readonly keepCaptures?: number | undefined;
  /** Hosts from which figures may be fetched; one that begins with a dot stands for all below it. */
  readonly figureHosts?: readonly string[] | undefined;
}

export const usualFigureHosts = ['.gov.vn'];

/** A box may be without network for thirty days and longer; a quarter can be asked about play by play. */
export const keepPlays = { usual: 100, least: 35 };
/** Plays that come late settle whether a screen showed the code; after a year nobody asks about a single opening. */
export const keepScans = { usual: 400, least: 35 };
/** A picture of a lobby may show people; after a month it proves nothing that plays do not. */
export const keepCaptures = { usual: 30, least: 1 };

export type CommandLine = { ok: true; settings: Settings; databaseUrl: string | undefined } | { ok: false; reason: string };

/** Each setting: its word on the command line, its variable, and its key in the file; the database's address belongs on no command line. */
const names = {
  data: { env: 'IHANOI_DATA', word: 'data' },
  port: { env: 'IHANOI_PORT', word: 'port' },
  host: { env: 'IHANOI_HOST', word: 'host' },
  tree: { env: 'IHANOI_TREE', word: 'tree' },
  units: { env: 'IHANOI_UNITS', word: 'units' },
  playlists: { env: 'IHANOI_PLAYLISTS', word: 'playlists' },
  assets: { env: 'IHANOI_ASSETS', word: 'assets' },
  publicOrigin: { env: 'PUBLIC_ORIGIN', word: 'url' },
  trial: { env: 'IHANOI_TRIAL', word: 'trial' },
  keepPlays: { env: 'IHANOI_KEEP_PLAYS', word: 'keep-plays' },
  keepScans: { env: 'IHANOI_KEEP_SCANS', word: 'keep-scans' },
  keepCaptures: { env: 'IHANOI_KEEP_CAPTURES', word: 'keep-captures' },
  figureHosts: { env: 'IHANOI_FIGURE_HOSTS', word: 'figure-hosts' },
  publicHosts: { env: 'PUBLIC_HOSTS', word: 'public-hosts' },
  playerHosts: { env: 'PLAYER_HOSTS', word: 'player-hosts' },
  staffHosts: { env: 'STAFF_HOSTS', word: 'staff-hosts' },
  databaseUrl: { env: 'DATABASE_URL', word: undefined },
} as const;
type Name = keyof typeof names;
const nameList = Object.keys(names) as Name[];

export const usage = `node server/main.ts --data DIR --port P [--host 127.0.0.1] [--tree ${Object.keys(trees).join('|')}|OWN] [--units FILE] [--playlists DIR] [--assets DIR] [--url URL] [--no-trial] [--keep-plays DAYS] [--keep-scans DAYS] [--keep-captures DAYS] [--figure-hosts HOST,.DOMAIN] [--public-hosts HOST,…] [--player-hosts HOST,…] [--staff-hosts HOST,…] [--config FILE]`;

/** A value as it was written, and where. */
interface Written {
  readonly text: string;
  readonly where: string;
}
type WrittenAll = Partial<Record<Name, Written>>;

const fileSchema = z.record(z.string(), z.string().or(z.number()).or(z.boolean()));

function readFile(path: string): { ok: true; written: WrittenAll } | { ok: false; reason: string } {
  let file: z.infer<typeof fileSchema>;
  try {
    file = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    return { ok: false, reason: `${path}: không đọc được · cannot be read: ${why}` };
  }
  const unknown = Object.keys(file).filter((key) => !Object.hasOwn(names, key));
  if (unknown.length > 0) return { ok: false, reason: `${path}: không có thiết lập ${unknown.join(', ')} · no such setting; there are ${nameList.join(', ')}` };
  return { ok: true, written: Object.fromEntries(Object.entries(file).map(([key, value]) => [key, { text: String(value), where: `${path}, ${key}` }])) };
}

function readWords(words: readonly string[]): { ok: true; written: WrittenAll; config: string | undefined } | { ok: false; reason: string } {
  const options = Object.fromEntries(
    nameList.flatMap((name) => {
      const { word } = names[name];
      return word === undefined ? [] : [[word, { type: name === 'trial' ? ('boolean' as const) : ('string' as const) }]];
    }),
  );
  try {
    const { values } = parseArgs({ args: [...words], allowNegative: true, options: { ...options, config: { type: 'string' } } });
    const given = z.record(z.string(), z.string().or(z.boolean())).parse({ ...values });
    const written = nameList.flatMap((name) => {
      const { word } = names[name];
      const value = word === undefined ? undefined : given[word];
      return value === undefined ? [] : [[name, { text: String(value), where: `--${String(word)}` }]];
    });
    const { config } = given;
    return { ok: true, written: Object.fromEntries(written) as WrittenAll, config: typeof config === 'string' ? config : undefined };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}

function readEnvironment(env: Readonly<Partial<Record<string, string>>>): WrittenAll {
  return Object.fromEntries(
    nameList.flatMap((name) => {
      const text = env[names[name].env];
      // An empty variable is one that nobody has set.
      return text === undefined || text === '' ? [] : [[name, { text, where: names[name].env }]];
    }),
  );
}

const yes = ['true', 'yes', '1'];
const noes = ['false', 'no', '0'];

/** Only scheme and host: what is behind them would be lost in links. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && pathname === '/' && search === '' && hash === '' && username === '';
}

const hostsOf = (text: string) =>
  text
    .toLowerCase()
    .split(',')
    .filter((name) => name !== '');

/** Names of the own server: whole ones, and `localhost`. */
const ownNames = (text: string) =>
  hostsOf(text).length > 0 && hostsOf(text).every((name) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(name))
    ? undefined
    : 'names such as display.example.vn, with commas between them';

/** What each setting expects, for a person; `undefined` where what was written fits. */
const atLeastDays =
  ({ least }: { least: number }) =>
  (text: string): string | undefined =>
    /^\d+$/.test(text) && Number(text) >= least ? undefined : `${least} days or more`;

const expected: Readonly<Partial<Record<Name, (text: string) => string | undefined>>> = {
  port: (text) => (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? undefined : '1 to 65535'),
  tree: (text) => (slugSchema.safeParse(text).success ? undefined : `${Object.keys(trees).join(' or ')}, or one of the file of units`),
  publicOrigin: (text) => (isOrigin(text) ? undefined : 'an address such as https://display.example.vn'),
  trial: (text) => ([...yes, ...noes].includes(text) ? undefined : 'true or false'),
  publicHosts: ownNames,
  playerHosts: ownNames,
  staffHosts: ownNames,
  keepPlays: atLeastDays(keepPlays),
  keepScans: atLeastDays(keepScans),
  keepCaptures: atLeastDays(keepCaptures),
  figureHosts: (text) => (hostsOf(text).every((name) => /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(name)) ? undefined : 'names, with commas between them'),
};

/** @param env variables of the process @returns what was written, or every mistake in it, each with where it stands */
export function readCommandLine(words: readonly string[], env: Readonly<Partial<Record<string, string>>>): CommandLine {
  const said = readWords(words);
  if (!said.ok) return said;
  const config = said.config ?? env['IHANOI_CONFIG'];
  const file = config === undefined || config === '' ? { ok: true as const, written: {} } : readFile(config);
  if (!file.ok) return file;
  const written: WrittenAll = { ...file.written, ...readEnvironment(env), ...said.written };
  const wrong = nameList.flatMap((name) => {
    const value = written[name];
    const wanted = value && expected[name]?.(value.text);
    return value && wanted !== undefined ? [`${value.where}: cần · expects ${wanted}`] : [];
  });
  const missing = (['data', 'port'] as const)
    .filter((name) => (written[name]?.text ?? '') === '')
    .map((name) => `--${name} (${names[name].env}): thiếu · is missing`);
  if (wrong.length + missing.length > 0) return { ok: false, reason: [...missing, ...wrong].join('\n') };
  const text = (name: Name) => written[name]?.text;
  const hosts = Object.fromEntries(
    (
      [
        ['public', 'publicHosts'],
        ['players', 'playerHosts'],
        ['staff', 'staffHosts'],
      ] as const
    ).flatMap(([side, name]) => {
      const names = text(name);
      return names === undefined ? [] : [[side, hostsOf(names)]];
    }),
  );
  return {
    ok: true,
    databaseUrl: text('databaseUrl'),
    settings: {
      ...{ data: text('data') ?? '', port: Number(text('port')), host: text('host') ?? '127.0.0.1', tree: text('tree'), units: text('units') },
      ...{ playlists: text('playlists'), assets: text('assets'), url: text('publicOrigin') },
      ...{ trial: !noes.includes(text('trial') ?? ''), keepPlays: Number(text('keepPlays') ?? keepPlays.usual) },
      ...(Object.keys(hosts).length > 0 ? { hosts } : {}),
      ...{ keepScans: Number(text('keepScans') ?? keepScans.usual), keepCaptures: Number(text('keepCaptures') ?? keepCaptures.usual) },
      figureHosts: hostsOf(text('figureHosts') ?? usualFigureHosts.join(',')),
    },
  };
}
