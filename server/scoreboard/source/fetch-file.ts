// Fetches one file from an allowed host: its address checked after every name look-up and every redirect, with a deadline and a limit of bytes.
import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

export interface FetchRules {
  /** Names of hosts; one that begins with a dot stands for all below it. */
  readonly hosts: readonly string[];
  readonly protocols: readonly ('https:' | 'http:')[];
  readonly isAllowedAddress: (address: string) => boolean;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export const fetchRules = (hosts: readonly string[]): FetchRules => ({
  ...{ hosts, protocols: ['https:'], isAllowedAddress: isPublicAddress },
  ...{ maxBytes: 5 * 2 ** 20, timeoutMs: 20_000 },
});

export const fetchFailures = ['address', 'host', 'private', 'name', 'unreachable', 'timeout', 'too-large', 'redirects', 'status'] as const;
export type FetchFailure = (typeof fetchFailures)[number];

/** What is asked with, so that nothing is sent twice. */
export interface Known {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}
export type Fetched =
  | ({ readonly ok: true; readonly kind: 'file'; readonly bytes: Uint8Array; readonly type: string } & Known)
  | { readonly ok: true; readonly kind: 'same' }
  | { readonly ok: false; readonly reason: FetchFailure; readonly detail?: string };

const mostRedirects = 3;
const privateCode = 'EPRIVATE';

/** Why an address may not be asked; undefined for one that may. Its host's own address is looked at when the name is looked up. */
export function whyNotAsked(url: string, { hosts, protocols, isAllowedAddress }: FetchRules): FetchFailure | undefined {
  if (!URL.canParse(url)) return 'address';
  const { protocol, hostname, username, password } = new URL(url);
  if (!protocols.some((allowed) => allowed === protocol) || username !== '' || password !== '') return 'address';
  if (!hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host))) return 'host';
  const literal = hostname.replace(/^\[|\]$/g, '');
  return isIP(literal) !== 0 && !isAllowedAddress(literal) ? 'private' : undefined;
}

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Looks a name up; one private address among its addresses is enough to refuse it. The connection goes to what was looked at, not to a second answer. */
const guardedLookup =
  ({ isAllowedAddress }: FetchRules) =>
  (hostname: string, options: LookupOptions, found: Found): void =>
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return found(error, []);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowedAddress(address)))
        return found(Object.assign(new Error('the name leads into a private network'), { code: privateCode }), []);
      return options.all ? found(null, addresses) : found(null, first.address, first.family);
    });

function ask(url: string, known: Known, rules: FetchRules, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = {
    accept: 'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/json',
    'accept-encoding': 'identity',
    'user-agent': 'ihanoi-display',
    ...(known.etag === undefined ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
  };
  const send = new URL(url).protocol === 'http:' ? plainRequest : request;
  return new Promise((resolve, reject) => {
    send(url, { headers, signal, agent: false, lookup: guardedLookup(rules) }, resolve)
      .on('error', reject)
      .end();
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) return undefined;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > maxBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function failureOf(error: unknown, signal: AbortSignal): Fetched {
  if (signal.aborted) return { ok: false, reason: 'timeout' };
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === privateCode) return { ok: false, reason: 'private' };
  return { ok: false, reason: code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'name' : 'unreachable', detail: code };
}

export async function fetchFile(address: string, known: Known, rules: FetchRules): Promise<Fetched> {
  const signal = AbortSignal.timeout(rules.timeoutMs);
  let url = address;
  try {
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const reason = whyNotAsked(url, rules);
      if (reason) return { ok: false, reason };
      const response = await ask(url, known, rules, signal);
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) {
        const bytes = await readBody(response, rules.maxBytes);
        response.destroy();
        if (!bytes) return { ok: false, reason: 'too-large' };
        return { ok: true, kind: 'file', bytes, type: headers['content-type'] ?? '', etag: headers.etag, lastModified: headers['last-modified'] };
      }
      response.destroy();
      if (statusCode === 304) return { ok: true, kind: 'same' };
      if (![301, 302, 303, 307, 308].includes(statusCode)) return { ok: false, reason: 'status', detail: String(statusCode) };
      const { location = '' } = headers;
      if (!URL.canParse(location, url)) return { ok: false, reason: 'address' };
      url = new URL(location, url).href;
    }
    return { ok: false, reason: 'redirects' };
  } catch (error) {
    return failureOf(error, signal);
  }
}
