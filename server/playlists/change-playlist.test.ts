// Drafts: every bad field is named, nobody is overwritten, numbers of items stay, new playlists come and go.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { itemFindingSchema, playlistChangedSchema, playlistViewSchema, type PlaylistView } from '../../core/playlist-api.ts';
import { localTextSchema } from '../../core/primitives.ts';
import { sentItems, type SentItem } from '../../core/playlist-draft.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
});
afterAll(() => server.end());

const view = async (id = 'reception') => playlistViewSchema.parse((await staff.call('GET', `/api/playlists/${id}`)).body);
const save = (items: readonly object[], revision: number, id = 'reception', by = staff) => by.call('PUT', `/api/playlists/${id}`, { revision, items });
const saved = async (items: readonly object[], from: PlaylistView) => playlistViewSchema.parse((await save(items, from.revision)).body);
const errorSchema = z.object({ error: z.object({ code: z.string(), details: z.unknown().optional() }) });
const failure = ({ body }: { body: unknown }) => errorSchema.parse(body).error;
const problemsSchema = z.array(z.object({ path: z.string(), reason: localTextSchema }));

const message: SentItem = {
  ...{ id: 'nghi-le', name: 'Lịch nghỉ lễ', scene: 'message', seconds: 12, weight: 2, enabled: true },
  props: { heading: { vi: 'Bộ phận một cửa nghỉ ngày 02/9', en: 'Closed on 2 September' }, body: { vi: 'Nộp hồ sơ trực tuyến trên iHanoi.' } },
  windows: [{ days: [1, 2, 3, 4, 5], from: '07:30', until: '17:00', startDate: '2024-08-26', endDate: '2024-09-02' }],
  phases: ['mid'],
};

it('keeps a new message whole and gives it a number of its own', async () => {
  const before = await view();
  const after = await saved([message, ...sentItems(before.items)], before);
  expect(after.revision).toBe(before.revision + 1);
  expect(sentItems(after.items)[0]).toEqual(message);
  expect(after.items[0]?.number).toBeGreaterThan(Math.max(...before.items.map(({ number }) => number)));
  expect(after.items.slice(1)).toEqual(before.items);
  expect(await view()).toEqual(after);
  expect(after.publishedRevision).toBe(before.publishedRevision);
});

it('takes other words, seconds, weight and hours, and the number stays', async () => {
  const before = await view();
  const [first, ...others] = sentItems(before.items);
  const changed = { ...first, name: 'Tên khác', seconds: 20, weight: 3, windows: [{ from: '22:00', until: '05:00' }], phases: [] };
  const after = await saved([...others, changed], before);
  const { phases: _none, ...kept } = changed;
  expect(after.items.at(-1)).toEqual({ ...kept, number: before.items[0]?.number });
});

it('never gives the number of a removed item to another, and gives it back to the item itself', async () => {
  const before = await view();
  const [first, ...others] = sentItems(before.items);
  if (!first) throw new Error('the shipped playlist is empty');
  const removed = await saved(others, before);
  const other = { ...first, id: 'thay-the' };
  const replaced = await saved([other, ...others], removed);
  const numbers = before.items.map(({ number }) => number);
  expect(numbers).not.toContain(replaced.items[0]?.number);
  const back = await saved([first, other, ...others], replaced);
  expect(back.items.map(({ number }) => number)).toEqual([numbers[0], replaced.items[0]?.number, ...numbers.slice(1)]);
});

it('any sequence of edits keeps every item’s number, and gives no number to two', async () => {
  const made = playlistViewSchema.parse((await staff.call('POST', '/api/playlists', { name: 'Thử dãy sửa', kind: 'lcd' })).body);
  const drafts = fc.sample(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 }), { numRuns: 25, seed: 311 });
  const numberOf = new Map<string, number>();
  let { revision } = made;
  for (const ids of drafts) {
    const answer = playlistViewSchema.parse(
      (
        await save(
          ids.map((id) => ({ ...message, id })),
          revision,
          made.id,
        )
      ).body,
    );
    revision = answer.revision;
    expect(answer.items.map(({ id }) => id)).toEqual(ids);
    for (const { id, number } of answer.items) expect([id, numberOf.get(id) ?? number]).toEqual([id, number]);
    answer.items.forEach(({ id, number }) => numberOf.set(id, number));
  }
  expect(new Set(numberOf.values()).size).toBe(numberOf.size);
  expect(numberOf.size).toBe(6);
});

describe('a bad field', () => {
  const spoilt: [string, (item: SentItem) => object, string][] = [
    ['no name', (item) => ({ ...item, name: ' ' }), 'items[0].name'],
    ['a name of 201 letters', (item) => ({ ...item, name: 'ế'.repeat(201) }), 'items[0].name'],
    ['an id with capitals', (item) => ({ ...item, id: 'Nghi Le' }), 'items[0].id'],
    ['an unknown scene', (item) => ({ ...item, scene: 'hologram' }), 'items[0].scene'],
    ['no heading', (item) => ({ ...item, props: {} }), 'items[0].props.heading'],
    ['an empty heading', (item) => ({ ...item, props: { heading: { vi: '' } } }), 'items[0].props.heading.vi'],
    ['a heading of spaces', (item) => ({ ...item, props: { heading: { vi: '  ' } } }), 'items[0].props.heading.vi'],
    ['decomposed letters', (item) => ({ ...item, props: { heading: { vi: 'Hà Nội'.normalize('NFD') } } }), 'items[0].props.heading.vi'],
    ['a text of 2,001 letters', (item) => ({ ...item, props: { heading: { vi: 'a'.repeat(2_001) } } }), 'items[0].props.heading.vi'],
    ['props of another scene', (item) => ({ ...item, props: { heading: { vi: 'Tin' }, pages: [] } }), 'items[0].props'],
    ['a part that there is not', (item) => ({ ...item, colour: 'red' }), 'items[0]'],
    ['zero seconds', (item) => ({ ...item, seconds: 0 }), 'items[0].seconds'],
    ['seconds as text', (item) => ({ ...item, seconds: '10' }), 'items[0].seconds'],
    ['a weight of half', (item) => ({ ...item, weight: 0.5 }), 'items[0].weight'],
    ['an hour that there is not', (item) => ({ ...item, windows: [{ from: '25:00' }] }), 'items[0].windows[0].from'],
    ['a date that there is not', (item) => ({ ...item, windows: [{ endDate: '2024-02-30' }] }), 'items[0].windows[0].endDate'],
    ['an end before its start', (item) => ({ ...item, windows: [{ startDate: '2024-09-02', endDate: '2024-09-01' }] }), 'items[0].windows[0].endDate'],
    ['no day of the week', (item) => ({ ...item, windows: [{ days: [] }] }), 'items[0].windows[0].days'],
    ['an unknown phase', (item) => ({ ...item, phases: ['later'] }), 'items[0].phases[0]'],
    [
      'a story of one page',
      (item) => ({ ...item, scene: 'story', props: { kicker: { vi: 'Việc' }, pages: [{ heading: { vi: 'Một' } }] } }),
      'items[0].props.pages',
    ],
    ['a picture without a file', (item) => ({ ...item, scene: 'picture', props: { alt: { vi: 'Ảnh' } } }), 'items[0].props.media'],
    [
      'media that the server does not have',
      (item) => ({ ...item, scene: 'picture', props: { media: '0'.repeat(64), alt: { vi: 'Ảnh' } } }),
      'items[0].props.media',
    ],
  ];
  it.each(spoilt)('such as %s is named by its path and reason, and nothing changes', async (_what, spoil, path) => {
    const before = await view();
    const answer = await save([spoil(message)], before.revision);
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'playlist-invalid' } } });
    const problems = problemsSchema.parse(failure(answer).details);
    expect(problems.map((problem) => problem.path)).toContain(path);
    for (const { reason } of problems) expect(reason.vi).not.toBe(reason.en);
    expect(await view()).toEqual(before);
  });

  it('such as a video where a picture belongs, or an id that stands twice, is named too', async () => {
    const before = await view();
    const sha256 = '1'.repeat(64);
    await server.context.db.insertInto('media').values({ sha256, type: 'video/mp4', bytes: 1, created_at: 0 }).execute();
    const picture = { ...message, scene: 'picture', props: { media: sha256, alt: { vi: 'Ảnh' } } };
    expect(failure(await save([picture], before.revision)).details).toMatchObject([{ path: 'items[0].props.media' }]);
    expect(failure(await save([message, message], before.revision)).details).toMatchObject([{ path: 'items[1].id' }]);
  });

  it('is all there is to say of a body that is no draft, too long a list and too many bytes', async () => {
    const { revision } = await view();
    const many = Array.from({ length: 1_001 }, (_, index) => ({ ...message, id: `tin-${index}` }));
    expect(failure(await save(many, revision))).toMatchObject({ code: 'playlist-invalid', details: [{ path: 'items' }] });
    expect(failure(await save([], revision))).toMatchObject({ code: 'playlist-invalid', details: [{ path: 'items' }] });
    expect(failure(await staff.call('PUT', '/api/playlists/reception', { items: [message] })).details).toMatchObject([{ path: 'revision' }]);
    expect(failure(await staff.call('PUT', '/api/playlists/reception', [1, 2])).code).toBe('playlist-invalid');
    const big = await save([{ ...message, name: 'a'.repeat(10 * 2 ** 20) }], revision);
    expect([big.status, failure(big).code]).toEqual([413, 'too-large']);
    expect(failure(await save([{ ...message, enabled: false }], revision)).code).toBe('playlist-empty');
    expect((await view()).revision).toBe(revision);
  });
});

it('tells the second of two editors who was faster and what changed, and overwrites nothing', async () => {
  const before = await view();
  const other = await signedInPerson(server, 'editor');
  const [first, ...others] = sentItems(before.items);
  const theirs = await save([{ ...first, seconds: 33 }, ...others], before.revision, 'reception', other);
  expect(theirs.status).toBe(200);
  const mine = await save([...others, { ...message, id: 'tin-khac' }], before.revision);
  expect([mine.status, failure(mine).code]).toEqual([409, 'playlist-changed']);
  const { by, revision, changes } = playlistChangedSchema.parse(failure(mine).details);
  expect([by, revision]).toEqual([other.name, before.revision + 1]);
  expect(changes).toMatchObject([{ item: first?.id, kind: 'timing' }]);
  expect(changes[0]?.details.map(({ vi }) => vi)).toEqual([`số giây: ${before.items[0]?.seconds} → 33`]);
  expect((await view()).items[0]?.seconds).toBe(33);
});

it('reads the draft against the screens that would play it, and no screen gets it before a publish', async () => {
  const { items, revision } = await view('street');
  const crowded = {
    ...message,
    seconds: 6,
    windows: [],
    props: { heading: { vi: 'Người dân gửi phản ánh, kiến nghị tới chính quyền các cấp và theo dõi kết quả' } },
  };
  expect((await save([crowded, ...sentItems(items)], revision, 'street')).status).toBe(200);
  const findings = itemFindingSchema.array().parse((await staff.call('GET', '/api/playlists/street/findings')).body);
  expect(findings.filter(({ item, severity }) => item === message.id && severity === 'error').map(({ rule }) => rule)).toContain('trafficDwellSeconds');
  expect((await staff.call('POST', '/api/playlists/street/publish', { revision: revision + 1 })).status).toBe(422);
});

it('is not for an editor of a unit whose screens do not play it', async () => {
  const { items, revision } = await view();
  const foreign = await signedInPerson(server, 'editor', { unit: 'c00008' });
  expect(failure(await save(sentItems(items), revision, 'reception', foreign)).code).toBe('outside-own-unit');
  expect(failure(await save([{ nonsense: true }], revision, 'reception', foreign)).code, 'before any field is read').toBe('outside-own-unit');
  expect(failure(await foreign.call('POST', '/api/playlists', { name: 'Của phường', kind: 'lcd' })).code).toBe('outside-own-unit');
});

describe('a playlist of one’s own', () => {
  const make = async (body: object) => staff.call('POST', '/api/playlists', body);

  it('is made with a name and a kind, is empty at first, and takes items', async () => {
    const made = playlistViewSchema.parse((await make({ name: 'Phòng tiếp dân Đống Đa', kind: 'lcd' })).body);
    expect(made).toMatchObject({ id: 'phong-tiep-dan-dong-da', kind: 'lcd', revision: 0, items: [], stage: 'draft' });
    expect((await staff.call('GET', `/api/playlists/${made.id}/publishing`)).body).toMatchObject({ may: { publish: false, ask: false } });
    expect(failure(await staff.call('POST', `/api/playlists/${made.id}/publish`, { revision: 0 })).code).toBe('playlist-empty');
    const filled = playlistViewSchema.parse((await save([message], 0, made.id)).body);
    expect(filled).toMatchObject({ revision: 1, name: made.name });
    const renamed = await staff.call('PUT', `/api/playlists/${made.id}`, { revision: 1, name: 'Tên mới', items: [message] });
    expect(playlistViewSchema.parse(renamed.body).name).toBe('Tên mới');
    expect(playlistViewSchema.parse((await make({ name: 'Phòng tiếp dân Đống Đa', kind: 'lcd' })).body).id).toBe(`${made.id}-2`);
  });

  it.each([
    ['no name', { name: '', kind: 'lcd' }],
    ['a name of spaces', { name: '   ', kind: 'lcd' }],
    ['an unknown kind', { name: 'Bảng', kind: 'paper' }],
  ])('is refused with %s', async (_what, body) => {
    expect((await make(body)).status).toBe(400);
  });

  it('copies another with numbers of its own', async () => {
    const street = await view('street');
    const copy = playlistViewSchema.parse((await make({ name: 'Bản sao', kind: 'led', copyOf: 'street' })).body);
    expect(sentItems(copy.items)).toEqual(sentItems(street.items));
    const taken = new Set(street.items.map(({ number }) => number));
    expect(copy.items.filter(({ number }) => taken.has(number))).toEqual([]);
    expect((await make({ name: 'Bản sao', kind: 'led', copyOf: 'none' })).status).toBe(404);
  });

  it('goes when no channel plays it; its id and the numbers of its items are not used again', async () => {
    const made = playlistViewSchema.parse((await make({ name: 'Tạm', kind: 'kiosk', copyOf: 'reception' })).body);
    expect((await staff.call('DELETE', `/api/playlists/${made.id}`)).status).toBe(204);
    expect((await staff.call('GET', `/api/playlists/${made.id}`)).status).toBe(404);
    const again = playlistViewSchema.parse((await make({ name: 'Tạm', kind: 'kiosk', copyOf: 'reception' })).body);
    expect(again.id).not.toBe(made.id);
    expect(again.items[0]?.number).toBeGreaterThan(made.items.at(-1)?.number ?? 0);
    expect(failure(await staff.call('DELETE', '/api/playlists/street')).code).toBe('playlist-played');
  });
});
