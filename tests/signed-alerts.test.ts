// Alerts in free words on a box of a screen for which approvers sign: by passkeys of enough people they stand, by the server alone they do not. From the document to the cover.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { approvalChallenge, type Approvers } from '../core/approvers.ts';
import type { Alert, OrderDocument } from '../core/orders.ts';
import type { Audience } from '../core/profile.ts';
import type { ApprovalSignature, Envelope } from '../core/signed.ts';
import type { Player } from '../player/player.ts';
import { openBench, openPage, type Bench, type TestPage } from '../player/testing/bench-player.ts';
import { sampleProfile } from '../player/testing/samples.ts';
import { startSmallServer, type SmallServer } from '../player/testing/small-server.ts';
import { assertions } from '../server/keys/assertions.ts';
import { approverKeyId } from '../server/keys/cose-key.ts';
import { sha256 } from '../server/keys/ed25519.ts';
import { softPasskey, type SoftPasskey } from '../server/testing/soft-passkey.ts';

const host = 'display.example.vn';
const street = { ...sampleProfile, kind: 'led' as const, audience: 'traffic' as const };
const [lan, spareOfLan, hai] = [softPasskey(), softPasskey(), softPasskey()];
const keyOf = ({ publicKey }: SoftPasskey, person: string) => [approverKeyId(publicKey), { publicKey, host, person }] as const;
const passkeys: Approvers = {
  keys: Object.fromEntries([keyOf(lan, 'lan'), keyOf(spareOfLan, 'lan'), keyOf(hai, 'hai')]),
  thresholds: { traffic: 2, public: 2, indoor: 0 },
};
const words = { vi: 'Cháy chợ Hôm. Không đi đường Trần Xuân Soạn.' };

let server: SmallServer;
let bench: Bench;
let player: Player;
let page: TestPage;
let number: number;

const common = () => ({ number: (number += 1), issuedAt: Date.now() });
const alert = (change: Partial<Alert> = {}): Alert => ({
  ...{
    ...common(),
    kind: 'alert',
    target: {},
    sender: 'ubnd@hanoi.gov.vn',
    identifier: `hn-${number}`,
    references: [],
    drill: false,
    priority: 'severe',
    ends: [],
  },
  ...{ expiresAt: Date.now() + 600_000, event: { vi: 'Cháy lớn' }, headline: words, area: { vi: 'Phường Hai Bà Trưng' } },
  ...{ speaker: { vi: 'UBND thành phố Hà Nội' }, ...change },
});
/** What a passkey makes of a document. */
function approval(by: SoftPasskey, payload: string): ApprovalSignature {
  const challenge = Buffer.from(approvalChallenge('order', payload, assertions)).toString('base64url');
  const { id: _id, ...signed } = by.sign({ challenge, rpId: host }, `https://${host}`);
  return { key: approverKeyId(by.publicKey), ...signed };
}
const signed = (document: Alert, ...by: SoftPasskey[]): Envelope => {
  const envelope = server.content.sign('order', document);
  return { ...envelope, approvals: by.map((passkey) => approval(passkey, envelope.payload)) };
};
const refOf = ({ payload }: Envelope, { number: of }: Alert) => ({ number: of, sha256: sha256(payload) });
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const complaint = () => player.health().warnings?.find(({ code }) => code === 'unsigned-offered')?.detail;
const shows = ({ kind, number: of }: OrderDocument) => until(() => expect(page.cover).toMatchObject({ item: `${kind}-${of}` }));
/** The box has it, says why it does not show it, and shows nothing new. */
async function isHeldBack(envelope: Envelope, document: Alert) {
  server.offerOrder(envelope, document.number);
  await until(() => expect(complaint() ?? '').toContain(`alert ${document.number} were neither agreed on nor signed`));
  expect([page.cover, player.health().orders]).toEqual([null, []]);
}

async function begin(audience: Audience) {
  number = 0;
  server = await startSmallServer({ passkeys });
  server.assign({ profile: { ...street, audience }, name: 'Chợ Hôm' });
  bench = await openBench();
  player = await bench.start({ enrol: server.token, factoryProfile: street });
  page = openPage(player);
  await until(() => expect(page.plan?.screen.name).toBe('Chợ Hôm'));
}
afterEach(async () => {
  await bench.clear();
  await server.stop();
});

test('stand by the passkeys of two people, over a restart without the server, and not by fewer', async () => {
  await begin('traffic');
  const document = alert();
  await isHeldBack(server.content.sign('order', document), document);
  // One person twice, by one passkey or by two, is one person.
  const twice = alert();
  await isHeldBack(signed(twice, lan, lan, spareOfLan), twice);
  // The same document comes again once another has signed.
  server.offerOrder(signed(document, lan, hai), document.number);
  await shows(document);
  expect(page.cover).toMatchObject({ headline: words });
  // Sent without its approvals once more, it stays.
  server.offerOrder(server.content.sign('order', document), document.number);
  const later: OrderDocument = { ...common(), kind: 'stop', target: {} };
  const stop = server.order(later);
  await shows(later);
  server.order({ ...common(), kind: 'cancel', ends: [{ number: later.number, sha256: sha256(stop.payload) }] });
  await shows(document);

  // An order is obeyed before the disk has it.
  await until(() => {
    for (const copy of ['a', 'b']) expect(readFileSync(join(bench.folder, `orders.${copy}.json`), 'utf8')).toContain(`"highest":${number}`);
  });
  await player.stop();
  await server.stop();
  player = await bench.start({ factoryProfile: street });
  page = openPage(player);
  await shows(document);
});

test('do not stand by approvals over another alert', async () => {
  await begin('traffic');
  const [good, bad] = [alert(), alert({ headline: { vi: 'Mua ngay hôm nay, giảm giá một nửa.' } })];
  const sound = signed(good, lan, hai);
  await isHeldBack({ ...server.content.sign('order', bad), approvals: sound.approvals }, bad);
  // Nor by those of a manifest of the same bytes.
  const { payload, signatures } = server.content.sign('order', bad);
  const challenge = Buffer.from(approvalChallenge('manifest', payload, assertions)).toString('base64url');
  const approvals = [lan, hai].map((by) => {
    const { id: _id, ...assertion } = by.sign({ challenge, rpId: host }, `https://${host}`);
    return { key: approverKeyId(by.publicKey), ...assertion };
  });
  const other = { payload, signatures, approvals };
  server.offerOrder(other, bad.number);
  server.offerOrder(sound, good.number);
  await shows(good);
});

test('that were signed late keep their number: what was ordered meanwhile stands above or beside them, and what was ended before stays so', async () => {
  await begin('traffic');
  const [first, replaced, cancelled] = [alert(), alert({ drill: true, headline: { vi: 'DIỄN TẬP: Cháy chợ Hôm.' } }), alert()];
  const stop: OrderDocument = { ...common(), kind: 'stop', target: {} };
  const ordered = server.order(stop);
  await shows(stop);
  server.offerOrder(signed(first, lan, hai), first.number);
  await until(() => expect(player.health().orders?.map((order) => order.number)).toEqual([first.number, stop.number]));
  expect(page.cover).toMatchObject({ state: 'stopped' });
  expect(player.health().orders?.at(-1)).toMatchObject({ number: stop.number });
  // A cancel that came before what it ends.
  const ended = signed(cancelled, lan, hai);
  server.order({ ...common(), kind: 'cancel', ends: [refOf(ended, cancelled), { number: stop.number, sha256: sha256(ordered.payload) }] });
  await shows(first);
  server.offerOrder(ended, cancelled.number);
  server.offerOrder(signed(replaced, lan, hai), replaced.number);
  await until(() => expect(player.health().orders?.map((order) => order.number)).toEqual([first.number, replaced.number]));
  expect(page.cover).toMatchObject({ item: `alert-${first.number}` });
});

test('that nobody signed are gone once their screen is one that asks for signatures, and are back with them', async () => {
  await begin('indoor');
  const document = alert();
  server.offerOrder(server.content.sign('order', document), document.number);
  await shows(document);
  server.assign({ profile: street });
  await until(() => expect(page.cover).toBeNull());
  server.offerOrder(signed(document, lan, hai), document.number);
  await shows(document);
});
