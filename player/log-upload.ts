// Hands the end of the log to the server when staff ask for it: bounded, without secrets, signed by the screen's key.
import { logsHeader, maxLogBytes, playerPaths } from '../core/protocol.ts';
import { sha256, type SigningKey } from './ed25519.ts';
import { httpRequest } from './http.ts';

export interface LogTarget {
  readonly server: string;
  readonly screen: string;
  readonly key: SigningKey;
}

const secrets: readonly RegExp[] = [
  // Enrolment tokens.
  /ihanoi1\.[\w-]+/g,
  // The loopback server's address with its secret.
  /(?<=127\.0\.0\.1:\d+\/)[\w-]{16,}/g,
  /(?<="(?:token|secret|password|pin|cookie|authorization)":")[^"]*/gi,
];

/** The last lines that fit, without what nobody should read. */
export function logExcerpt(text: string, maxBytes = maxLogBytes): string {
  const clean = secrets.reduce((said, secret) => said.replace(secret, '***'), text);
  const bytes = Buffer.from(clean);
  if (bytes.byteLength <= maxBytes) return clean;
  const tail = bytes.subarray(bytes.byteLength - maxBytes);
  return tail.subarray(tail.indexOf(10) + 1).toString('utf8');
}

/** @returns why it was not taken; `undefined` when it was */
export async function sendLog({ server, screen, key }: LogTarget, text: string, takenAt: number, request: string): Promise<string | undefined> {
  const body = Buffer.from(logExcerpt(text));
  const statement = { screen, takenAt, sha256: sha256(body), request };
  const header = Buffer.from(JSON.stringify(key.sign('logs', statement))).toString('base64url');
  const answer = await httpRequest(new URL(playerPaths.logs, server), {
    method: 'POST',
    headers: { 'content-type': 'text/plain', [logsHeader]: header },
    body,
  });
  answer.body.resume();
  return answer.status < 300 ? undefined : `the server answered ${answer.status}`;
}
