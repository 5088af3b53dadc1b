import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approvalViewSchema, basisFileSchema, publishingSchema, publishRecordSchema } from '../../core/approval-api.ts';
import { playlistViewSchema, publishedSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { z } from 'zod';
import { sentItems } from '../../core/playlist-draft.ts';
import { addEntry } from '../media/library-store.ts';
import { connect, newBox } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

const home = 'c00004';
const foreign = 'c00008';

let server: TestServer;
let staff: Staff;
let writer: TestPerson;
let second: TestPerson;

beforeEach(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  const screens = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
  const profile = screens.find(({ channel }) => channel === 'street')?.profile;
  expect((await staff.call('POST', '/api/screens', { name: 'Nút giao Cầu Giấy', channel: 'street', profile })).status).toBe(201);
  await server.context.db.updateTable('screens').set({ unit: home }).execute();
  writer = await signedInPerson(server, 'editor');
  second = await signedInPerson(server, 'approver');
});
afterEach(() => server.end());

const view = async () => playlistViewSchema.parse((await staff.call('GET', '/api/playlists/street')).body);
const publishing = async (by: Staff = second) => publishingSchema.parse((await by.call('GET', '/api/playlists/street/publishing')).body);
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
const audited = async () => {
  const rows = await server.context.db.selectFrom('audit').select(['what']).where('subject', '=', 'street').orderBy('id').execute();
  return rows.map(({ what }) => what);
};

/** The last item goes to the front. */
async function edit(by: Staff = writer): Promise<number> {
  const { items, revision } = await view();
  const answer = await by.call('PUT', '/api/playlists/street', { revision, items: sentItems([...items.slice(-1), ...items.slice(0, -1)]) });
  return playlistViewSchema.parse(answer.body).revision;
}
const ask = (revision: number, by: Staff = writer, more: object = {}) => by.call('POST', '/api/playlists/street/approvals', { revision, ...more });
async function asked(revision: number, by: Staff = writer, more: object = {}) {
  const { approval } = publishingSchema.parse((await ask(revision, by, more)).body);
  if (!approval) throw new Error('nothing was asked');
  return approval;
}
const act = (by: Staff, id: string, what: 'approve' | 'reject' | 'withdraw', body: object = {}) =>
  by.call('POST', `/api/playlists/street/approvals/${id}/${what}`, body);
const approve = async (by: Staff, { id, digest }: { id: string; digest: string }) => act(by, id, 'approve', { digest });
const publish = (revision: number, by: Staff = second, more: object = {}) => by.call('POST', '/api/playlists/street/publish', { revision, ...more });

it('leads from an edit over a second person to the screens, saying at each step what is and who has to act', async () => {
  const player = connect(server.url, newBox(), { enrol: server.enrol.street ?? '' });
  await player.prove();
  const before = await player.next('state');
  const items = (await view()).items;
  const revision = await edit();
  expect(await publishing(writer)).toMatchObject({ stage: 'draft', secondPerson: true, may: { ask: true, publish: false }, approval: null });
  expect(code(await publish(revision))).toBe('second-person-needed');

  const approval = await asked(revision, writer, { note: 'Theo lịch tuần 48' });
  expect(approval).toMatchObject({
    state: 'waiting',
    note: 'Theo lịch tuần 48',
    editor: writer.name,
    asked: { by: writer.name },
    screens: ['Nút giao Cầu Giấy'],
  });
  const name = items.at(-1)?.name ?? '';
  expect(approval.changes.map(({ words }) => words)).toEqual([
    { vi: `“${name}”: từ vị trí ${items.length} sang 1`, en: `“${name}”: from position ${items.length} to 1` },
  ]);
  expect(approval).toMatchObject({ may: { approve: false, withdraw: true } });
  expect((await publishing()).approval).toMatchObject({ may: { approve: true, reject: true }, why: null });
  expect(approvalViewSchema.array().parse((await second.call('GET', '/api/approvals')).body)).toMatchObject([{ id: approval.id, may: { approve: true } }]);
  expect((await view()).stage).toBe('waiting');
  expect(code(await publish(revision))).toBe('second-person-needed');

  const approved = publishingSchema.parse((await approve(second, approval)).body);
  expect(approved).toMatchObject({ stage: 'approved', may: { publish: true }, approval: { state: 'approved', approved: { by: second.name } } });
  expect((await view()).publishedRevision).toBe(revision - 1);

  const { channels } = publishedSchema.parse((await publish(revision)).body);
  const state = await player.next('state');
  expect(state.manifest).toBe(channels[0]?.sha256);
  expect(state.manifest).not.toBe(before.manifest);
  expect(await publishing()).toMatchObject({ stage: 'playing', changes: [], may: { ask: false, publish: false }, approval: { state: 'published' } });
  const records = publishRecordSchema.array().parse((await second.call('GET', '/api/playlists/street/publishes')).body);
  expect(records).toMatchObject([
    { revision, by: second.name, asked: writer.name, approved: second.name, channels: channels.map(({ awaits: _none, ...channel }) => channel) },
  ]);
  expect((await audited()).slice(-4)).toEqual(['playlist.change', 'approval.ask', 'approval.approve', 'playlist.publish']);
  player.close();
});

describe('the second person', () => {
  it('is neither who asked nor who edited last, has a second factor, the right to approve, and the unit', async () => {
    const asker = await signedInPerson(server, 'admin');
    const author = await signedInPerson(server, 'approver');
    const approval = await asked(await edit(author), asker);
    const others = await Promise.all([
      signedInPerson(server, 'editor'),
      signedInPerson(server, 'approver', { secondFactor: false }),
      signedInPerson(server, 'approver', { unit: foreign }),
    ]);
    const refused = ['approval-own', 'approval-own', 'not-allowed', 'second-factor-needed', 'outside-own-unit'];
    for (const [index, person] of [asker, author, ...others].entries()) {
      expect(code(await approve(person, approval))).toBe(refused[index]);
      expect((await publishing(person)).approval).toMatchObject({ state: 'waiting', may: { approve: false } });
      expect((await publishing(person)).approval?.why?.vi).toBeTruthy();
    }
    expect((await approve(await signedInPerson(server, 'approver', { unit: home }), approval)).status).toBe(200);
  });

  it('approves what was looked at and nothing else', async () => {
    const approval = await asked(await edit());
    expect(code(await approve(second, { ...approval, digest: '0'.repeat(64) }))).toBe('approval-void');
    expect((await publishing()).stage).toBe('waiting');
  });

  it('counts no more once the account is closed', async () => {
    const revision = await edit();
    await approve(second, await asked(revision));
    await server.context.db.updateTable('people').set({ closed_at: 1, disabled: 1 }).where('id', '=', second.id).execute();
    const third = await signedInPerson(server, 'approver');
    expect(code(await publish(revision, third))).toBe('approval-void');
  });
});

describe('what was approved holds no more', () => {
  it('after an edit, whoever made it', async () => {
    const approval = await asked(await edit());
    await approve(second, approval);
    const revision = await edit(second);
    expect(await publishing()).toMatchObject({ stage: 'draft', approval: { state: 'void', settled: { by: second.name } } });
    expect(code(await publish(revision))).toBe('second-person-needed');
    expect(code(await publish(revision - 1))).toBe('playlist-changed');
    expect(code(await approve(second, approval))).toBe('approval-settled');
    expect(await audited()).toContain('approval.void');
  });

  it('when campaign or screens have changed meanwhile, and is asked for anew', async () => {
    const revision = await edit();
    const approval = await asked(revision);
    await approve(second, approval);
    await server.context.db
      .updateTable('screens')
      .set((eb) => ({ profile: eb.fn('replace', ['profile', eb.val('"pitchMm":10'), eb.val('"pitchMm":8')]) }))
      .execute();
    expect(await publishing()).toMatchObject({ stage: 'draft', approval: { state: 'void' }, may: { ask: true, publish: false } });
    expect(code(await publish(revision))).toBe('approval-void');
    const again = await asked(revision);
    expect(again.id).not.toBe(approval.id);
    await approve(second, again);
    expect((await publish(revision)).status).toBe(200);
  });

  it('when it is sent back with a reason, or withdrawn, also after a yes', async () => {
    const revision = await edit();
    const first = await asked(revision);
    expect(code(await act(second, first.id, 'reject', { reason: ' ' }))).toBe('bad-request');
    await act(second, first.id, 'reject', { reason: 'Sai tên đường' });
    expect(await publishing(writer)).toMatchObject({
      stage: 'draft',
      approval: { state: 'rejected', settled: { by: second.name, reason: 'Sai tên đường' } },
      may: { ask: true },
    });
    const next = await asked(revision);
    await approve(second, next);
    await act(writer, next.id, 'withdraw');
    expect(code(await publish(revision))).toBe('second-person-needed');
    expect(code(await approve(second, next))).toBe('approval-settled');
  });
});

describe('done twice or at the same time', () => {
  it('each act of the same person is one', async () => {
    const revision = await edit();
    const ids = [(await asked(revision)).id, (await asked(revision)).id];
    expect(new Set(ids).size).toBe(1);
    const approval = await asked(revision);
    expect([(await approve(second, approval)).status, (await approve(second, approval)).status]).toEqual([200, 200]);
    const answers = await Promise.all([publish(revision), publish(revision)]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(publishedSchema.parse(body).channels))).size).toBe(1);
    expect((await audited()).filter((what) => /^approval\.(?:ask|approve)|publish/.test(what))).toEqual([
      'approval.ask',
      'approval.approve',
      'playlist.publish',
    ]);
    const next = await asked(await edit());
    for (const _time of [1, 2]) expect((await act(second, next.id, 'reject', { reason: 'Chưa có văn bản' })).status).toBe(200);
    for (const _time of [1, 2]) expect(code(await act(writer, next.id, 'withdraw'))).toBe('approval-settled');
  });

  it('two approvers: one approves, the other is told who was faster', async () => {
    const approval = await asked(await edit());
    const both = [second, await signedInPerson(server, 'approver')];
    const answers = await Promise.all(both.map((person) => approve(person, approval)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both[answers.findIndex(({ status }) => status === 200)];
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      error: { code: 'approval-settled', details: { state: 'approved', by: winner?.name } },
    });
  });

  it('an approval against an edit: what was approved is never what was not seen', async () => {
    const revision = await edit();
    const approval = await asked(revision);
    const [yes] = await Promise.all([approve(second, approval), edit(writer)]);
    expect(['approval-settled', undefined]).toContain(code(yes));
    expect(await publishing()).toMatchObject({ stage: 'draft', revision: revision + 1, approval: { state: 'void' } });
    expect(code(await publish(revision + 1))).toBe('second-person-needed');
  });

  it('two who ask: the second is told by whom it was asked', async () => {
    const revision = await edit();
    await asked(revision);
    expect((await ask(revision, await signedInPerson(server, 'editor'))).body).toMatchObject({
      error: { code: 'approval-open', details: { by: writer.name } },
    });
    expect(code(await ask(revision - 1))).toBe('playlist-changed');
  });
});

describe('by document', () => {
  const document = { number: '311/KH-UBND', date: '2024-10-30', office: 'UBND thành phố Hà Nội', signer: 'Nguyễn Văn A' };
  const pdf = Buffer.from('%PDF-1.7\nvăn bản');
  const send = async (bytes: Uint8Array, type = 'application/pdf') => {
    const headers = { host: new URL(server.url).host, origin: server.url, cookie: writer.cookie, 'content-type': type };
    const answer = await server.app.inject({ method: 'POST', url: '/api/basis-files', headers, payload: Buffer.from(bytes) });
    return { status: answer.statusCode, body: answer.json<unknown>() };
  };

  it('one person attaches number, date, office and file, a second one checks, and the publish names it', async () => {
    const revision = await edit();
    for (const basis of [undefined, document]) expect(code(await ask(revision, writer, { way: 'document', ...(basis ? { basis } : {}) }))).toBe('basis-needed');
    expect(code(await ask(revision, writer, { way: 'document', basis: { ...document, file: '0'.repeat(64) } }))).toBe('basis-missing');
    const file = basisFileSchema.parse((await send(pdf)).body).sha256;
    const approval = await asked(revision, writer, { way: 'document', basis: { ...document, file } });
    expect(approval).toMatchObject({ way: 'document', basis: { ...document, file } });
    expect(code(await approve(await signedInPerson(server, 'editor'), approval))).toBe('not-allowed');
    const got = await server.app.inject({ url: `/api/basis-files/${file}`, headers: { cookie: second.cookie } });
    expect([got.rawPayload.equals(pdf), got.headers['content-type'], got.headers['content-disposition']]).toEqual([
      true,
      'application/pdf',
      expect.stringMatching(/^attachment; filename="van-ban-[0-9a-f]{8}\.pdf"$/),
    ]);
    expect((await server.app.inject(`/api/basis-files/${file}`)).statusCode).toBe(401);
    await approve(second, approval);
    await publish(revision);
    const records = publishRecordSchema.array().parse((await second.call('GET', '/api/playlists/street/publishes')).body);
    expect(records[0]).toMatchObject({ basis: { ...document, file }, approved: second.name });
  });

  it('refuses what is no document, whatever it is called, and what is too large', async () => {
    for (const bytes of [Buffer.from('<html><script>alert(1)</script>'), Buffer.alloc(0), Buffer.from('MZ..')])
      expect(code(await send(bytes))).toBe('basis-unreadable');
    expect(code(await send(Buffer.concat([pdf, Buffer.alloc(10 * 2 ** 20)])))).toBe('basis-unreadable');
  });

  it('is kept with a publish indoors too, for which one person is enough', async () => {
    const reception = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
    const items = sentItems([...reception.items].reverse());
    await writer.call('PUT', '/api/playlists/reception', { revision: reception.revision, items });
    const answer = await second.call('POST', '/api/playlists/reception/publish', { revision: reception.revision + 1, basis: document });
    expect(answer.status).toBe(200);
    const records = publishRecordSchema.array().parse((await writer.call('GET', '/api/playlists/reception/publishes')).body);
    expect(records).toMatchObject([{ revision: reception.revision + 1, asked: null, approved: null, basis: document }]);
  });
});

it('shows whoever approves a small picture of what each changed item shows', async () => {
  const { items } = await view();
  const picture = items.find(({ scene }) => scene === 'picture');
  const { db, now } = server.context;
  const sha256 = z.object({ media: z.string() }).parse(picture?.props).media;
  const [thumbnail = ''] = items.flatMap(({ props }) => z.object({ media: z.string() }).safeParse(props).data?.media ?? []).filter((media) => media !== sha256);
  const facts = { kind: 'picture', width: 1, height: 1, seconds: null, poster: null, name: 'Ảnh', unit: null } as const;
  await addEntry(db, { ...facts, sha256, source: sha256, thumbnail, person: writer.id, author: writer.name, createdAt: now() });
  const sent = sentItems(items).map((item) => (item.id === picture?.id ? { ...item, seconds: item.seconds + 5 } : item));
  await writer.call('PUT', '/api/playlists/street', { revision: (await view()).revision, items: sent });
  const { changes } = await asked((await view()).revision);
  expect(changes).toMatchObject([{ item: picture?.id, kind: 'timing', picture: thumbnail }]);
});

it('finds no approval that there is not, and nothing to approve in what is on the screens', async () => {
  expect(code(await ask((await view()).revision))).toBe('nothing-to-approve');
  expect(code(await approve(second, { id: randomUUID(), digest: '0'.repeat(64) }))).toBe('not-found');
  expect((await second.call('GET', '/api/playlists/none/publishing')).status).toBe(404);
});
