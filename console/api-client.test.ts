import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { errorBody } from '../core/errors.ts';
import { createApi } from './api-client.ts';
import { failureText } from './failure-text.ts';

let server: Server | undefined;

async function apiAgainst(answer: RequestListener, onAnswer?: (response: Response) => void) {
  const own = createServer(answer);
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const { port } = own.address() as AddressInfo;
  return createApi((path, init) => fetch(`http://127.0.0.1:${port}${path}`, init), onAnswer);
}

function json(status: number, body: unknown): RequestListener {
  return (_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

afterEach(async () => {
  const own = server;
  server = undefined;
  if (own?.listening) await new Promise((resolve) => own.close(resolve));
});

const account = { login: 'lan.nguyen', unit: null, hasPassword: true, secondFactor: 'on', factors: { code: true, passkeys: 0 }, deputyOf: null };
const me = { id: '3e0f5a4c-8f9d-4f5e-9d5c-2a1b3c4d5e6f', name: 'Quản trị', role: 'admin', trial: true, server: 'thử', ...account };

describe('the API client', () => {
  it('gives the parsed answer', async () => {
    const api = await apiAgainst(json(200, me));
    expect(await api.me()).toEqual({ ok: true, value: me });
  });

  it('takes an answer without a body where the contract has none', async () => {
    const api = await apiAgainst((_request, response) => response.writeHead(204).end());
    expect(await api.signOut()).toEqual({ ok: true, value: undefined });
  });

  it('gives a refusal with its code, words and details', async () => {
    const api = await apiAgainst(json(422, errorBody('import-unreadable', { reason: 'binary' })));
    const answer = await api.scoreboard();
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'refused', status: 422, code: 'import-unreadable', details: { reason: 'binary' } } });
  });

  it('calls an answer unexpected that the contract does not know', async () => {
    for (const listener of [json(200, { ...me, role: 'emperor' }), json(500, { message: 'oops' })]) {
      const api = await apiAgainst(listener);
      expect(await api.me()).toMatchObject({ ok: false, failure: { kind: 'unexpected' } });
      server?.close();
    }
  });

  it('calls a page in place of JSON unexpected, as a gateway sends it', async () => {
    const api = await apiAgainst((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'));
    expect(await api.me()).toEqual({ ok: false, failure: { kind: 'unexpected', status: 502, detail: 'not JSON' } });
  });

  it('calls a server unreachable that is not there, or breaks off', async () => {
    const broken = await apiAgainst((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      response.destroy();
    });
    expect(await broken.me()).toEqual({ ok: false, failure: { kind: 'unreachable' } });
    const own = server;
    await new Promise((resolve) => own?.close(resolve));
    expect(await broken.me()).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  });

  it('shows every answer to who keeps the session, refusals included', async () => {
    const seen: number[] = [];
    const api = await apiAgainst(json(401, errorBody('not-signed-in')), ({ status }) => seen.push(status));
    await api.me();
    expect(seen).toEqual([401]);
  });

  it('asks once more for what was asked while the session got a new secret, and signs nobody out', async () => {
    const seen: number[] = [];
    let isNew = false;
    let answerChange = () => {};
    let refused = () => {};
    const wasRefused = new Promise<void>((resolve) => (refused = resolve));
    const api = await apiAgainst(
      (request, response) => {
        if (request.method === 'GET') {
          json(isNew ? 200 : 401, isNew ? me : errorBody('not-signed-in'))(request, response);
          refused();
          return;
        }
        answerChange = () => {
          isNew = true;
          json(200, me)(request, response);
        };
        started();
      },
      ({ status }) => seen.push(status),
    );
    let started = () => {};
    const isUnderWay = new Promise<void>((resolve) => (started = resolve));
    const change = api.setPassword({ next: 'mùa thu Hà Nội 2024' });
    await isUnderWay;
    const asked = api.me();
    await wasRefused;
    answerChange();
    expect(await asked).toEqual({ ok: true, value: me });
    expect(await change).toMatchObject({ ok: true });
    expect(seen).not.toContain(401);
  });

  it('sends a file as its bytes, with its name and terms in the address', async () => {
    let address = '';
    let bytes = '';
    const api = await apiAgainst((request, response) => {
      address = request.url ?? '';
      request.setEncoding('utf8').on('data', (part: string) => (bytes += part));
      request.on('end', () => json(422, errorBody('import-empty'))(request, response));
    });
    await api.preview(new File(['Đơn vị;Số\n'], 'kết quả & 1.csv'), { cutOff: '2024-11-12T17:00:00+07:00', sample: true });
    const words = new URL(address, 'http://server').searchParams;
    expect([words.get('file'), words.get('cutOff'), words.get('sample')]).toEqual(['kết quả & 1.csv', '2024-11-12T17:00:00+07:00', 'true']);
    expect(bytes).toBe('Đơn vị;Số\n');
  });
});

describe('a failure in words', () => {
  it('is the server’s sentence, then the line and the advice where it gives them', () => {
    const { error } = errorBody('import-unreadable');
    const refused = { kind: 'refused', status: 422, ...error } as const;
    const details = { reason: 'broken-quotes', line: 12, advice: { vi: 'Đóng dấu ngoặc kép.', en: 'Close the quotation marks.' } };
    expect(failureText({ ...refused, details }, 'vi')).toBe(`${error.vi} Dòng 12: Đóng dấu ngoặc kép.`);
    expect(failureText({ ...refused, details: { ...details, line: undefined } }, 'en')).toBe(`${error.en} Close the quotation marks.`);
    expect(failureText({ ...refused, details: 'something else' }, 'en')).toBe(error.en);
  });

  it('says what to do when there is no answer, or a strange one', () => {
    expect(failureText({ kind: 'unreachable' }, 'vi')).toContain('Kiểm tra mạng');
    expect(failureText({ kind: 'unexpected', status: 502, detail: '' }, 'en')).toContain('HTTP 502');
  });
});
