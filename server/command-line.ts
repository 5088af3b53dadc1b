// The words of the command line, read strictly.
import { parseArgs } from 'node:util';
import { isTree, trees } from './units/unit-store.ts';

export interface Settings {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly tree: string | undefined;
  readonly playlists: string | undefined;
  /** Folder of the pictures that playlists name, in place of the one that ships. */
  readonly assets?: string | undefined;
  /** Address at which players and staff reach the server, where it is not host and port. */
  readonly url: string | undefined;
  readonly trial: boolean;
  /** How long plays are kept one by one, days since they came in; their sums stay. */
  readonly keepPlays?: number | undefined;
  /** Hosts from which figures may be fetched; one that begins with a dot stands for all below it. */
  readonly figureHosts?: readonly string[] | undefined;
}

export const usualFigureHosts = ['.gov.vn'];

/** A box may be without network for thirty days and longer; a quarter can be asked about play by play. */
export const keepPlays = { usual: 100, least: 35 };

type CommandLine = { ok: true; settings: Settings } | { ok: false; reason: string };

export const usage = `node server/main.ts --data DIR --port P [--host 127.0.0.1] [--tree ${Object.keys(trees).join('|')}] [--playlists DIR] [--assets DIR] [--url URL] [--no-trial] [--keep-plays DAYS] [--figure-hosts HOST,.DOMAIN]`;

export function readCommandLine(words: readonly string[]): CommandLine {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...words],
      allowNegative: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        tree: { type: 'string' },
        playlists: { type: 'string' },
        assets: { type: 'string' },
        url: { type: 'string' },
        trial: { type: 'boolean', default: true },
        'figure-hosts': { type: 'string', default: usualFigureHosts.join(',') },
        'keep-plays': { type: 'string', default: String(keepPlays.usual) },
      },
    }));
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
  const { data, host, tree, playlists, assets, url, trial } = values;
  const port = Number(values.port);
  const keptDays = Number(values['keep-plays']);
  if (!data) return { ok: false, reason: '--data DIR is missing' };
  if (values.port === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return { ok: false, reason: '--port expects 1 to 65535' };
  if (tree !== undefined && !isTree(tree)) return { ok: false, reason: `--tree expects ${Object.keys(trees).join(' or ')}` };
  if (url !== undefined && !URL.canParse(url)) return { ok: false, reason: '--url expects an address' };
  if (!Number.isInteger(keptDays) || keptDays < keepPlays.least) return { ok: false, reason: `--keep-plays expects ${keepPlays.least} days or more` };
  const figureHosts = values['figure-hosts']
    .toLowerCase()
    .split(',')
    .filter((name) => name !== '');
  if (!figureHosts.every((name) => /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(name)))
    return { ok: false, reason: '--figure-hosts expects names, with commas between them' };
  return { ok: true, settings: { keepPlays: keptDays, figureHosts, data, port, host, tree, playlists, assets, url, trial } };
}
