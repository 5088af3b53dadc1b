// A member of staff at the API: signs in by the one-time link and sends JSON, or files as they are, as the console does.
import { z } from 'zod';
import { screenViewSchema, screenPaths } from '../../core/screen-api.ts';

export type StaffFetch = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, answer?: 'json' | 'text') => Promise<unknown>;

/** @throws Error with status and answer when the server refuses */
export async function signedInFetch(url: string, signInLink: string): Promise<StaffFetch> {
  const token = /token=([\w-]+)/.exec(signInLink)?.[1] ?? '';
  const { origin } = new URL(url);
  let cookie = '';
  const send: StaffFetch = async (method, path, body, answer = 'json') => {
    const isFile = body instanceof Uint8Array;
    const type = isFile ? 'application/octet-stream' : 'application/json';
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { origin, ...(cookie === '' ? {} : { cookie }), ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: isFile ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    if (answer === 'text') return text;
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  await send('POST', '/api/session', { token });
  return send;
}

/** @throws Error while no screen is connected */
export async function connectedScreen(staff: StaffFetch): Promise<z.output<typeof screenViewSchema>> {
  const found = z
    .array(screenViewSchema)
    .parse(await staff('GET', screenPaths.screens))
    .find(({ connected }) => connected);
  if (!found) throw new Error('no screen is connected');
  return found;
}
