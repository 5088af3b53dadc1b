import { describe, expect, it } from 'vitest';
import { partBytes, type MediaEntry, type Upload } from '../../core/media-api.ts';
import type { ApiResult } from '../api-client.ts';
import { sendFile, type Sending } from './send-file.ts';

const entry: MediaEntry = {
  ...{ sha256: 'a'.repeat(64), kind: 'picture', type: 'image/png', bytes: 1, width: 1, height: 1, seconds: null, poster: null, thumbnail: 'b'.repeat(64) },
  ...{ name: 'Ảnh', folder: '', alt: null, by: 'Lan', unit: null, createdAt: 0, expiresOn: null, uses: [], mayChange: true },
};
const cut = { ok: false, failure: { kind: 'unreachable' } } as const;
const refused = (code: string, status: number, details?: unknown) =>
  ({ ok: false, failure: { kind: 'refused', status, code, vi: '', en: '', details } }) as const;

/** A server that keeps what arrives, and a line that answers each call as `line` says; undefined is an answer of the server. */
function setting(size: number, line: (call: string, times: number) => ApiResult<never> | undefined = () => undefined) {
  let received = 0;
  const calls: string[] = [];
  const states: string[] = [];
  const ask = <T>(call: string, answer: () => T): Promise<ApiResult<T>> => {
    calls.push(call);
    return Promise.resolve(line(call, calls.length) ?? { ok: true, value: answer() });
  };
  const now = (): Upload => ({ id: '0', bytes: size, received, watched: null, outcome: null });
  const api: Sending['api'] = {
    announceUpload: () => ask('announce', now),
    sendPart: (_id, offset, part) =>
      ask(`part ${offset}`, () => {
        expect(offset).toBe(received);
        received += part.size;
        return now();
      }),
    uploadState: () => ask('look', now),
    finishUpload: () => ask('finish', () => entry),
    dropUpload: () => ask('drop', () => undefined),
  };
  const sending = {
    api,
    folder: '',
    wait: (ms: number) => (ms === 1_000 ? new Promise<void>(() => undefined) : Promise.resolve()),
    report: (state: string, at: number) => void states.push(`${state} ${at}`),
    isGivenUp: () => false,
  };
  return { calls, states, sending, file: new File([new Uint8Array(size)], 'ảnh.png', { lastModified: 1 }) };
}

describe('a file on its way to the library', () => {
  it('goes part by part, then is finished', async () => {
    const { sending, file, calls } = setting(2 * partBytes + 5);
    expect(await sendFile(file, sending)).toEqual({ ok: true, value: entry });
    expect(calls).toEqual(['announce', 'part 0', `part ${partBytes}`, `part ${2 * partBytes}`, 'finish']);
  });

  it('waits for a line that was cut, asks where the server is, and goes on there', async () => {
    const { sending, file, calls, states } = setting(2 * partBytes, (_call, times) => (times === 3 || times === 4 ? cut : undefined));
    expect(await sendFile(file, sending)).toMatchObject({ ok: true });
    expect(calls).toEqual(['announce', 'part 0', `part ${partBytes}`, 'announce', 'announce', `part ${partBytes}`, 'finish']);
    expect(states).toContain(`cut ${partBytes}`);
  });

  it('goes on where the server says when it has something else', async () => {
    const { sending, file, calls } = setting(10, (_call, times) => (times === 2 ? refused('upload-elsewhere', 409, { received: 0 }) : undefined));
    expect(await sendFile(file, sending)).toMatchObject({ ok: true });
    expect(calls).toEqual(['announce', 'part 0', 'part 0', 'finish']);
  });

  it('gives up on a server that never agrees, and on a file that is refused', async () => {
    const never = setting(10, (call) => (call.startsWith('part') ? refused('upload-elsewhere', 409, { received: 0 }) : undefined));
    expect(await sendFile(never.file, never.sending)).toMatchObject({ ok: false, failure: { code: 'upload-elsewhere' } });
    const bad = setting(10, (call) => (call === 'finish' ? refused('media-refused', 422) : undefined));
    expect(await sendFile(bad.file, bad.sending)).toMatchObject({ ok: false, failure: { code: 'media-refused' } });
  });

  it('waits for a film that is watched behind the answer, and tells how far it is and what became of it', async () => {
    const { sending, file, states } = setting(10);
    const state = (watched: number | null, outcome: Upload['outcome']): ApiResult<Upload> => ({
      ok: true,
      value: { id: '0', bytes: 10, received: 10, watched, outcome },
    });
    const answers = [state(0.4, null), cut, state(null, { entry })];
    const api: Sending['api'] = {
      ...sending.api,
      finishUpload: () => Promise.resolve(state(0, null)),
      uploadState: () => Promise.resolve(answers.shift() ?? state(null, { error: { code: 'media-refused', vi: '', en: '', details: {} } })),
    };
    const wait = () => Promise.resolve();
    const told: (number | undefined)[] = [];
    const report: Sending['report'] = (kind, _at, watched) => void (kind === 'checking' ? told.push(watched) : states.push(kind));
    expect(await sendFile(file, { ...sending, api, wait, report })).toEqual({ ok: true, value: entry });
    expect(told).toContain(0.4);
    expect(states).toContain('cut');
    expect(await sendFile(file, { ...sending, api, wait, report })).toMatchObject({ ok: false, failure: { kind: 'refused', code: 'media-refused' } });
  });

  it('is dropped at the server when the person gives it up', async () => {
    const { sending, file, calls } = setting(3 * partBytes);
    const answer = await sendFile(file, { ...sending, isGivenUp: () => calls.includes('part 0') });
    expect([answer, calls]).toEqual([undefined, ['announce', 'part 0', 'drop']]);
  });
});
