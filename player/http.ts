// Plain HTTP to the server: no redirects, every answer bounded in size, every silence in time.
import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Longest silence on the line. */
  readonly idleMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

/** @throws when the server cannot be reached or falls silent */
export function httpRequest(url: URL, { method = 'GET', headers = {}, body, signal, idleMs = 20_000 }: HttpRequest = {}): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? requestTls : requestPlain;
    const length = body ? { 'content-length': String(body.byteLength) } : {};
    const request = start(url, { method, headers: { ...length, ...headers }, timeout: idleMs, ...(signal ? { signal } : {}) }, (answer) => {
      answer.setTimeout(idleMs, () => answer.destroy(new Error('the server fell silent')));
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: answer });
    });
    request.on('timeout', () => request.destroy(new Error('the server fell silent')));
    request.on('error', reject);
    request.end(body);
  });
}

/** The whole body of an answer. @throws when it is longer than allowed */
export async function readBody({ body }: HttpAnswer, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > maxBytes) {
      body.destroy();
      throw new RangeError(`the answer is longer than ${maxBytes} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}
