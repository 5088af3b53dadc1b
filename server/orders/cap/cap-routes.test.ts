// CAP messages against a whole server: nothing but a valid public Actual alert for an area of the city ever becomes an order.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { capPaths, capPreviewSchema, capReasons, capScopes, capStatuses, capTypes, type CapPreview, type CapReason } from '../../../core/cap-api.ts';
import { confirmWords, orderPaths, ordersViewSchema } from '../../../core/order-api.ts';
import { bindKey, listScreens } from '../../screens/screen-store.ts';
import { newBox } from '../../testing/test-player.ts';
import { signedInPerson } from '../../testing/test-people.ts';
import { startTestServer, type Staff, type TestServer } from '../../testing/test-server.ts';
import { findOrder } from '../order-store.ts';

const sender = 'canhbao@kttv.gov.vn';
let server: TestServer;
let staff: Staff;
/** Every message is another one. */
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.context;
  for (const { id } of await listScreens(db)) await bindKey(db, id, newBox().publicKey, server.clock.now);
}, 60_000);
beforeEach(async () => {
  server.clock.now += 3 * 3_600_000;
  staff = await signedInPerson(server, 'editor');
});
afterAll(() => server.end());

const iso = (ms: number) => new Date(server.clock.now + ms + 7 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+07:00');
const refTo = (identifier: string) => `${sender},${identifier},2026-01-01T00:00:00+07:00`;

interface Over {
  identifier?: string;
  status?: string;
  type?: string;
  scope?: string;
  references?: string;
  language?: string;
  event?: string;
  headline?: string;
  instruction?: string;
  area?: string;
  expires?: string;
  more?: string;
  /** In place of the info. */
  info?: string;
}

function cap(over: Over = {}): { xml: string; identifier: string } {
  const {
    identifier = `hn-${++count}`,
    status = 'Actual',
    type = 'Alert',
    scope = 'Public',
    references,
    headline = 'Mưa rất to, nhiều đường ngập sâu. Không ra đường.',
  } = over;
  const {
    language = '<language>vi-VN</language>',
    event = 'Mưa lớn',
    instruction = '',
    area = '<areaDesc>Thành phố Hà Nội</areaDesc>',
    expires = iso(3_600_000),
    more = '',
  } = over;
  const info = `<info>${language}<category>Met</category><event>${event}</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
    ${expires === '' ? '' : `<expires>${expires}</expires>`}<senderName>Đài Khí tượng Thủy văn</senderName><headline>${headline}</headline>${instruction}<area>${area}</area></info>`;
  return {
    identifier,
    xml: `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier><sender>${sender}</sender><sent>${iso(-60_000)}</sent><status>${status}</status>
<msgType>${type}</msgType><scope>${scope}</scope>${references === undefined ? '' : `<references>${references}</references>`}${over.info ?? info}${more}</alert>`,
  };
}

async function tried(xml: string, more: object = {}): Promise<CapPreview> {
  const { status, body, text } = await staff.call('POST', capPaths.read, { xml, ...more });
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return capPreviewSchema.parse(body);
}
const send = (xml: string, more: object = {}, by = staff) => by.call('POST', capPaths.send, { xml, confirm: confirmWords.live, ...more });
/** Headlines that stand on screens now. */
async function standing(): Promise<string[]> {
  const { orders } = ordersViewSchema.parse((await staff.call('GET', orderPaths.orders)).body);
  return orders.filter(({ state }) => state === 'standing').map(({ words }) => words?.vi ?? '');
}
async function sent(over: Over = {}): Promise<string> {
  const { xml, identifier } = cap(over);
  const answer = await send(xml);
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  return identifier;
}
async function refusal(xml: string): Promise<unknown> {
  const { status, body } = await send(xml);
  expect(status).toBe(422);
  expect(await standing()).toEqual([]);
  return body;
}
const says = (reason: CapReason) => ({ error: { code: 'cap-refused', details: { reason, advice: capReasons[reason] } } });

describe('of every status, type, scope and end', () => {
  // A scope other than Public changes nothing for what is not shown anyway.
  const scopesOf = (status: string) => (status === 'Actual' ? capScopes : capScopes.slice(0, 1));
  const cases = capStatuses.flatMap((status) =>
    capTypes.flatMap((type) => scopesOf(status).flatMap((scope) => [false, true].map((expired) => ({ status, type, scope, expired })))),
  );

  test('only a public Actual alert or update in force is shown, and only a public Actual cancel ends one', async () => {
    let before: string | undefined;
    for (const { status, type, scope, expired } of cases) {
      const label = `${status} ${type} ${scope} ${expired ? 'expired' : 'in force'}`;
      before ??= await sent({ headline: 'Câu trước' });
      const { xml } = cap({ status, type, scope, references: refTo(before), headline: 'Câu mới', expires: iso(expired ? -1_000 : 3_600_000) });
      const isHeard = status === 'Actual' && scope === 'Public';
      const isShown = isHeard && (type === 'Alert' || type === 'Update') && !expired;
      const isEnd = isHeard && type === 'Cancel';
      const { action } = await tried(xml);
      expect(action, label).toBe(isShown ? (type === 'Update' ? 'replace' : 'show') : isEnd ? 'end' : 'none');
      expect((await send(xml)).status, label).toBe(isShown || isEnd ? 200 : 422);
      const after = isEnd ? [] : isShown ? (type === 'Update' ? ['Câu mới'] : ['Câu mới', 'Câu trước']) : ['Câu trước'];
      expect(await standing(), label).toEqual(after);
      if (!isShown && !isEnd) continue;
      before = undefined;
      server.clock.now += 3_700_000;
      expect(await standing(), label).toEqual([]);
    }
  }, 120_000);
});

describe('a message', () => {
  test('is tried before it is sent: words, end, screens; and then is the order', async () => {
    const { xml, identifier } = cap({ instruction: `<instruction>Ở trong nhà. ${'Tránh xa cây lớn. '.repeat(12)}</instruction>` });
    const seen = await tried(xml);
    expect(seen).toMatchObject({ action: 'show', reason: null, identifier, shortened: true, endAsked: false, area: { vi: 'Thành phố Hà Nội' } });
    expect(seen.reach?.screens.length).toBeGreaterThan(0);
    expect(seen.words?.instruction?.vi).toMatch(/^Ở trong nhà\. .*lớn\.$/);
    expect(await standing()).toEqual([]);
    expect((await send(xml, { confirm: 'thật' })).status).toBe(422);
    const { body } = await send(xml);
    const { number } = (body as { order: { number: number } }).order;
    expect((await findOrder(server.context.db, number))?.document).toMatchObject({
      ...{ kind: 'alert', drill: false, sender, identifier, priority: 'severe', target: {} },
      ...{ expiresAt: seen.expiresAt, headline: seen.words?.headline, speaker: { vi: 'Đài Khí tượng Thủy văn' } },
    });
    expect(await tried(xml)).toMatchObject({ action: 'none', reason: 'known' });
    expect((await send(xml)).body).toMatchObject(says('known'));
  });

  test('waits for a second person on a real screen, who sends it until its own end', async () => {
    const { db } = server.context;
    await db.updateTable('screens').set({ trial: 0 }).execute();
    try {
      const writer = await signedInPerson(server, 'approver');
      const { xml } = cap({ headline: 'Chờ hai người' });
      expect((await send(xml, {}, writer)).body).toEqual({ order: null, waiting: true });
      const late = cap({ headline: 'Quá hạn khi chờ', expires: iso(400_000) });
      expect((await send(late.xml, {}, writer)).body).toEqual({ order: null, waiting: true });
      expect(await standing()).toEqual([]);
      const { requests } = ordersViewSchema.parse((await staff.call('GET', orderPaths.orders)).body);
      const idOf = (headline: string) => requests.find((each) => each.headline.vi === headline)?.id ?? '';
      const confirm = { confirm: confirmWords.live };
      expect((await writer.call('POST', orderPaths.confirm(idOf('Chờ hai người')), confirm)).status).toBe(409);
      const second = await signedInPerson(server, 'approver');
      server.clock.now += 500_000;
      expect((await second.call('POST', orderPaths.confirm(idOf('Quá hạn khi chờ')), confirm)).status).toBe(409);
      expect((await second.call('POST', orderPaths.confirm(idOf('Chờ hai người')), confirm)).status).toBe(201);
      expect(await standing()).toEqual(['Chờ hai người']);
    } finally {
      await db.updateTable('screens').set({ trial: 1 }).execute();
    }
  });

  test('that waits is taken back by its cancel, and is not asked for twice', async () => {
    const { db } = server.context;
    await db.updateTable('screens').set({ trial: 0 }).execute();
    try {
      const waiting = async () => ordersViewSchema.parse((await staff.call('GET', orderPaths.orders)).body).requests.map(({ headline }) => headline.vi);
      const { xml, identifier } = cap({ headline: 'Sẽ bị hủy' });
      expect((await send(xml)).body).toEqual({ order: null, waiting: true });
      expect((await send(xml)).body).toMatchObject(says('known'));
      const update = cap({ type: 'Update', references: refTo(identifier), headline: 'Bản cập nhật' });
      expect(await tried(update.xml)).toMatchObject({ action: 'replace', ends: [{ number: null, headline: { vi: 'Sẽ bị hủy' } }] });
      expect((await send(update.xml)).body).toEqual({ order: null, waiting: true });
      expect(await waiting()).toEqual(['Bản cập nhật']);
      expect((await send(cap({ type: 'Cancel', references: refTo(update.identifier) }).xml)).status).toBe(200);
      expect([await waiting(), await standing()]).toEqual([[], []]);
    } finally {
      await db.updateTable('screens').set({ trial: 1 }).execute();
    }
  });

  test('that comes late does not take the place of what replaced it', async () => {
    const first = await sent();
    const second = cap({ type: 'Update', references: refTo(first), headline: 'Cập nhật một' });
    const third = cap({ type: 'Update', references: `${refTo(first)} ${refTo(second.identifier)}`, headline: 'Cập nhật hai' });
    expect((await send(third.xml)).status).toBe(200);
    expect(await standing()).toEqual(['Cập nhật hai']);
    expect((await send(second.xml)).body).toMatchObject(says('superseded'));
    expect((await send(cap({ type: 'Cancel', references: refTo('khac') }).xml)).body).toMatchObject(says('nothing-to-cancel'));
    expect((await send(cap({ type: 'Update' }).xml)).body).toMatchObject(says('no-references'));
    expect(await standing()).toEqual(['Cập nhật hai']);
  });

  test('for areas that are not clear asks which units are meant, and one for elsewhere is not shown', async () => {
    const clear = await tried(cap({ area: '<areaDesc>Quận Ba Đình, huyện Sóc Sơn</areaDesc>' }).xml);
    expect([clear.reach !== null, clear.parts.map(({ units }) => units.map(({ code }) => code))]).toEqual([true, [['d001'], ['d016']]]);
    const coded = cap({ area: '<areaDesc>Vùng 7</areaDesc><geocode><valueName>DVHC</valueName><value>001</value></geocode>' });
    expect((await tried(coded.xml)).parts).toMatchObject([{ text: 'Vùng 7', asked: false, units: [{ code: 'd001' }] }]);
    const { xml } = cap({ area: '<areaDesc>Quận Ba Dinhh; Hải Phòng</areaDesc>' });
    const asked = await tried(xml);
    expect(asked.reach).toBeNull();
    expect(asked.parts).toMatchObject([
      { text: 'Quận Ba Dinhh', asked: true, suggestions: [{ code: 'd001' }] },
      { text: 'Hải Phòng', asked: true },
    ]);
    expect((await send(xml)).status).toBe(409);
    expect(await tried(xml, { areas: { 'Quận Ba Dinhh': [], 'Hải Phòng': [] } })).toMatchObject({ action: 'none', reason: 'foreign' });
    const areas = { 'Quận Ba Dinhh': ['d001'], 'Hải Phòng': [] };
    expect(await tried(xml, { areas })).toMatchObject({ action: 'show', area: { vi: 'Quận Ba Đình' }, parts: [{ asked: false }, { asked: false, units: [] }] });
    expect((await tried(cap({ area: '<areaDesc>Quận Ba Đình</areaDesc>' }).xml, { areas: { 'Quận Ba Đình': 'all' } })).parts).toMatchObject([{ whole: true }]);
  });

  test('without an end is sent once a person says how long, and one without Vietnamese not at all', async () => {
    const { xml } = cap({ expires: '' });
    expect(await tried(xml)).toMatchObject({ action: 'show', endAsked: true, expiresAt: null });
    expect((await send(xml)).status).toBe(409);
    expect((await tried(xml, { minutes: 30 })).expiresAt).toBe(server.clock.now + 30 * 60_000);
    const far = await tried(cap({ expires: iso(60 * 86_400_000) }).xml);
    expect(far.expiresAt).toBe(server.clock.now + 7 * 86_400_000);
    const english = cap({ language: '', event: 'Storm', headline: 'Stay indoors.' });
    expect(await tried(english.xml)).toMatchObject({ action: 'none', reason: 'no-vietnamese' });
    expect((await tried(cap({ language: '', headline: 'Ở trong nhà.' }).xml)).words?.headline).toEqual({ vi: 'Ở trong nhà.' });
  });

  test('is for no more than its caller’s own unit', async () => {
    const ward = await signedInPerson(server, 'editor', { unit: 'd001' });
    const { xml } = cap();
    for (const path of [capPaths.read, capPaths.send]) {
      expect((await ward.call('POST', path, { xml, ...(path === capPaths.send ? { confirm: confirmWords.live } : {}) })).body).toMatchObject({
        error: { code: 'outside-own-unit' },
      });
    }
    const city = await sent({ headline: 'Toàn thành phố' });
    expect((await send(cap({ type: 'Cancel', references: refTo(city) }).xml, {}, ward)).status).toBe(403);
    expect(await standing()).toEqual(['Toàn thành phố']);
  });
});

describe('what a stranger may have put into a file', () => {
  const bomb = `<!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`).join('')}]>`;
  const withRoot = (before: string, over: Over = {}) => cap(over).xml.replace('<alert', `${before}<alert`);

  test.each<[string, CapReason, () => string]>([
    ['a bomb of entities', 'document-type', () => withRoot(bomb, { headline: '&j;' })],
    ['an entity of another file', 'document-type', () => withRoot('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', { headline: '&x;' })],
    ['a document type elsewhere', 'document-type', () => withRoot('<!DOCTYPE alert SYSTEM "http://203.0.113.1/cap.dtd">')],
    ['a declaration with a break in it', 'document-type', () => withRoot('<!\nDOCTYPE a [<!ENTITY x "y">]>')],
    ['a message that breaks off', 'malformed', () => cap().xml.slice(0, -40)],
    ['elements that cross', 'malformed', () => cap({ headline: '<b><i>Mưa</b></i>' }).xml],
    ['no XML at all', 'malformed', () => 'Mưa lớn, không ra đường'],
    ['another kind of document', 'not-cap', () => '<rss version="2.0"><channel/></rss>'],
    ['CAP 1.1', 'not-cap', () => cap().xml.replace('cap:1.2', 'cap:1.1')],
    [
      'its namespace in a comment only',
      'not-cap',
      () =>
        cap()
          .xml.replace('xmlns="urn:oasis:names:tc:emergency:cap:1.2"', 'a="1"')
          .replace('</alert>', '<!-- xmlns="urn:oasis:names:tc:emergency:cap:1.2" --></alert>'),
    ],
    ['no status', 'field-missing', () => cap().xml.replace(/<status>.*<\/status>/, '')],
    ['two statuses', 'field-missing', () => cap().xml.replace('<status>', '<status>Test</status><status>')],
    ['a status of its own', 'field-missing', () => cap({ status: 'actual' }).xml],
    ['a day that does not exist', 'field-missing', () => cap({ expires: '2026-02-30T10:00:00+07:00' }).xml],
    ['a script as an element of the headline', 'field-missing', () => cap({ headline: 'Mưa <script>alert(1)</script>' }).xml],
    ['a script as text of the headline', 'words-unfit', () => cap({ headline: '<![CDATA[<script>alert(1)</script>]]>' }).xml],
    ['a script in escapes', 'words-unfit', () => cap({ headline: '&lt;img src=x onerror=alert(1)&gt;' }).xml],
    ['a link', 'words-unfit', () => cap({ headline: 'Xem http://la.example ngay' }).xml],
    ['letters that turn the line', 'words-unfit', () => cap({ headline: 'Mưa \u202Eđảo' }).xml],
    ['a script in the area', 'words-unfit', () => cap({ area: '<areaDesc>&lt;script&gt;</areaDesc>' }).xml],
    ['the mark of a drill on a real alert', 'words-unfit', () => cap({ headline: 'Diễn tập: mưa lớn' }).xml],
    ['a headline longer than a screen', 'words-too-long', () => cap({ headline: 'Mưa '.repeat(40) }).xml],
    ['no words', 'words-too-long', () => cap({ headline: '' }).xml],
    ['two Vietnamese parts', 'several-parts', () => cap({ more: /<info>.*<\/info>/s.exec(cap().xml)?.[0] ?? '' }).xml],
    ['no part', 'no-vietnamese', () => cap({ info: '' }).xml],
    ['a start that lies ahead', 'not-yet', () => cap({ language: `<language>vi</language><effective>${iso(3_600_000)}</effective>` }).xml],
    ['no area', 'foreign', () => cap().xml.replace(/<area>.*<\/area>/, '')],
  ])('%s is refused with %s, in both languages', async (_what, reason, make) => {
    expect(await refusal(make())).toMatchObject(says(reason));
  });

  test('elements nested without end are refused, and the server goes on', async () => {
    const deep = 20_000;
    const { status } = await send(`<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</alert>`);
    expect(status).toBe(422);
    expect((await send('x'.repeat(300_000))).status).toBe(400);
    expect(await standing()).toEqual([]);
  });

  test('a prefix for the namespace, letters as numbers and decomposed letters are read as what they are', async () => {
    const { xml } = cap({ headline: 'Ng&#x1EAD;p s&#226;u' });
    const prefixed = xml
      .replace(/<(\/?)(\w)/g, '<$1cap:$2')
      .replace('xmlns=', 'xmlns:cap=')
      .replace('<?cap:xml', '<?xml');
    expect((await tried(prefixed)).words?.headline.vi).toBe('Ngập sâu');
    expect((await tried(cap({ headline: 'Ngập sâu'.normalize('NFD') }).xml)).words?.headline.vi).toBe('Ngập sâu');
  });
});
