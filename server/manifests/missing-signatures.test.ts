// Where approvers sign what street screens take: staff hear it before a screen joins a channel whose content nobody has signed, and of the screen while it waits.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairedSchema, screenViewSchema } from '../../core/screen-api.ts';
import { batchAnswerSchema, batchPaths } from '../../core/batch-api.ts';
import { channelPaths, channelSchema, channelsViewSchema } from '../../core/channel-api.ts';
import { askedChangeSchema, settingsPaths } from '../../core/settings-api.ts';
import { awaitedViewSchema, signaturePaths } from '../../core/signature-api.ts';
import { bindKey } from '../screens/screen-store.ts';
import { addApprover, command, sign, type Approver } from '../testing/test-approvers.ts';
import { giveSecondFactors } from '../testing/test-people.ts';
import { connect, newBox } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let approver: Approver;

beforeAll(async () => {
  server = await startTestServer();
  approver = await addApprover(server);
  await server.stop();
  expect(await command(server, 'sign-root', '--root-key', join(server.folder, 'keys', 'root.pem'), '--traffic', '1')).toMatchObject({ ok: true });
  server = await server.again();
  staff = await signIn(server);
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
const channel = async (id: string) => channelsViewSchema.parse((await staff.call('GET', channelPaths.channels)).body).channels.find((each) => each.id === id);
const street = async () => {
  const found = (await screens()).find((screen) => screen.channel === 'street');
  if (!found) throw new Error('there is no street screen');
  return found;
};
const add = async (name: string) =>
  screenViewSchema.parse((await staff.call('POST', '/api/screens', { name, channel: 'street', profile: (await street()).profile })).body);

it('says so of a channel by viewers, of a new screen, of a table of screens and before a box is bound, until enough have signed', async () => {
  expect((await channel('street'))?.awaits).toEqual({ traffic: 1, public: 0, indoor: 0 });
  expect((await channel('reception'))?.awaits.traffic).toBe(1);
  const made = await add('Ngã tư Láng');
  expect([made.awaits, (await screens()).filter(({ profile }) => profile.audience !== 'traffic').map(({ awaits }) => awaits)]).toEqual([1, [0, 0]]);
  const csv = 'Tên;Địa điểm;Đơn vị;Loại;Kênh\nNgã tư Sở;Phố;Ba Đình;led nga tu p10;\nCầu Giấy;Phố;Ba Đình;led nga tu p10;';
  const looked = batchAnswerSchema.parse((await staff.call('POST', batchPaths.batch, { csv, confirm: false })).body);
  expect(looked.findings.filter(({ severity }) => severity === 'warning').map(({ words }) => words.vi)).toEqual([
    '2 màn hình của kênh “Màn hình LED ngoài đường” chiếu danh sách dự phòng cho đến khi 1 người duyệt ký nội dung của kênh ở trang “Chờ duyệt”.',
  ]);
  const player = connect(server.url, newBox());
  await player.prove();
  const { code } = await player.next('pairing');
  const pair = async () => pairedSchema.parse((await staff.call('POST', '/api/screens/pair', { code, screen: made.id, confirm: false })).body).awaits;
  expect(await pair()).toBe(1);

  const waiting = awaitedViewSchema.array().parse((await staff.call('GET', signaturePaths.list)).body);
  for (const { sha256 } of waiting) expect((await sign(server, sha256, approver)).status).toBe(200);
  expect([await pair(), (await street()).awaits, (await channel('street'))?.awaits.traffic]).toEqual([0, 0, 0]);
  player.close();
});

it('says so of a move that waits for a second person', async () => {
  const moved = await add('Ngã tư Vọng');
  await bindKey(server.context.db, moved.id, newBox().publicKey, server.context.now());
  await giveSecondFactors(server);
  const other = channelSchema.parse((await staff.call('POST', channelPaths.channels, { name: 'Kênh khác', playlist: 'street' })).body);
  expect(other.awaits.traffic).toBe(1);
  expect((await staff.call('PUT', channelPaths.ofScreen(moved.id), { channel: other.id })).body).toMatchObject({ waiting: true });
  const asked = askedChangeSchema.array().parse((await staff.call('GET', settingsPaths.asked)).body);
  expect(asked).toMatchObject([{ kind: 'channel', awaits: 1 }]);
});

it('names the channel that a screen would have by the rules, chosen or not', async () => {
  const { revision } = channelsViewSchema.parse((await staff.call('GET', channelPaths.channels)).body);
  const other = channelSchema.parse((await staff.call('POST', channelPaths.channels, { name: 'Kênh cầu', playlist: 'street' })).body);
  const [bridge, corner] = [await add('Cầu Long Biên'), await add('Ngã tư Khuất Duy Tiến')];
  const { name, place, unit, contact, hours, profile } = bridge;
  await staff.call('PUT', `/api/screens/${bridge.id}`, { revision: bridge.revision, name, place, unit, contact, hours, profile, tags: ['Cầu'] });
  await staff.call('PUT', channelPaths.rules, { revision, rules: [{ of: 'tag', subject: 'cầu', channel: other.id }] });
  const ofRules = new Map((await screens()).map(({ id, channelOfRules }) => [id, channelOfRules]));
  expect([bridge.channel, ofRules.get(bridge.id), ofRules.get(corner.id)]).toEqual(['street', other.id, 'street']);
});
