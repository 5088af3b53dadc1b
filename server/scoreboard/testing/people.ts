// People for the scoreboard's route tests, and figures that are published as offices do it: by one person, or by two where they are held.
import { randomBytes } from 'node:crypto';
import { importPreviewSchema, importPaths } from '../../../core/import-api.ts';
import type { Role } from '../../../core/roles.ts';
import { issuedSchema } from '../../../core/board-api.ts';
import { heldViewSchema, holdPaths } from '../../../core/hold-api.ts';
import { sha256 } from '../../keys/ed25519.ts';
import { sessionCookie } from '../../people/caller.ts';
import { addPerson } from '../../people/person-store.ts';
import { offerCodes, switchCodesOn } from '../../people/second-factor-store.ts';
import { addSession } from '../../people/session-store.ts';
import type { TestServer } from '../test-server.ts';

export interface TestStaff {
  readonly id: string;
  readonly name: string;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: string | object,
    more?: Record<string, string>,
  ): Promise<{ status: number; body: unknown; text: string }>;
}

export async function staffMember({ app, context }: TestServer, role: Role, name: string, secondFactor = true, unit: string | null = null): Promise<TestStaff> {
  const { db, now } = context;
  const { id } = await addPerson(db, name, role, now(), { unit });
  if (secondFactor) {
    await offerCodes(db, id);
    await switchCodesOn(db, id, now());
  }
  const secret = randomBytes(16).toString('base64url');
  await addSession(db, sha256(secret), id, now());
  const headers = { host: 'localhost', origin: 'http://localhost', cookie: `${sessionCookie}=${secret}` };
  return {
    id,
    name,
    async call(method, url, payload, more = {}) {
      const type = typeof payload === 'string' ? { 'content-type': 'text/csv' } : {};
      const answer = await app.inject({ method, url, headers: { ...headers, ...type, ...more }, ...(payload === undefined ? {} : { payload }) });
      return { status: answer.statusCode, text: answer.body, body: /^[[{]/.test(answer.body) ? answer.json<unknown>() : undefined };
    },
  };
}

/** What was confirmed, and by whom released where it had to be. */
export async function publishFigures(server: TestServer, csv: string, query = '', reason?: string) {
  const post = async (url: string, payload: string | object, type: string) => {
    const answer = await server.app.inject({ method: 'POST', url, payload, headers: { authorization: server.authorization, 'content-type': type } });
    if (answer.statusCode > 202) throw new Error(`${url} answered ${answer.body}`);
    return answer;
  };
  const preview = importPreviewSchema.parse((await post(importPaths.imports + query, csv, 'text/csv')).json());
  const why = reason ?? (preview.holds.length > 0 ? 'Đã đối chiếu với đơn vị.' : undefined);
  const confirmed = await post(importPaths.confirm(preview.id), why === undefined ? {} : { reason: why }, 'application/json');
  if (confirmed.statusCode === 200) return { id: preview.id, ...issuedSchema.parse(confirmed.json()) };
  const second = await staffMember(server, 'approver', 'Anh Minh');
  const { digest } = heldViewSchema.parse((await second.call('GET', holdPaths.one(preview.id))).body);
  const released = await second.call('POST', holdPaths.release(preview.id), { digest, reason: 'Đã gọi điện hỏi đơn vị.' });
  if (released.status !== 200) throw new Error(`the release was answered ${released.text}`);
  return { id: preview.id, ...issuedSchema.parse(released.body) };
}
