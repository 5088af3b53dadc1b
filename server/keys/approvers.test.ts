// Which passkeys' signatures over a document hold, and whose they are counted as.
import { describe, expect, it } from 'vitest';
import { approvalChallenge, peopleWhoApproved, type Approvers } from '../../core/approvers.ts';
import { audiences } from '../../core/profile.ts';
import { isApproved, rootDocumentSchema } from '../../core/root-document.ts';
import type { Envelope, Purpose } from '../../core/signed.ts';
import { softPasskey, type SoftPasskey } from '../testing/soft-passkey.ts';
import { assertions } from './assertions.ts';
import { approverKeyId } from './cose-key.ts';

const host = 'display.example.vn';
const origin = `https://${host}`;
const [lan, spareOfLan, hai, stranger] = [softPasskey(), softPasskey(), softPasskey(), softPasskey()];
const keyOf = ({ publicKey }: SoftPasskey, person: string) => [approverKeyId(publicKey), { publicKey, host, person }] as const;
const keys: Approvers['keys'] = Object.fromEntries([keyOf(lan, 'lan'), keyOf(spareOfLan, 'lan'), keyOf(hai, 'hai')]);
const payload = JSON.stringify({ words: 'Hà Nội' });

interface Differing {
  readonly over?: string;
  readonly at?: string;
  readonly verified?: boolean;
  readonly as?: SoftPasskey;
  readonly purpose?: Purpose;
}
function approval(by: SoftPasskey, { over = payload, at = host, verified = true, as = by, purpose = 'manifest' }: Differing = {}) {
  const challenge = Buffer.from(approvalChallenge(purpose, over, assertions)).toString('base64url');
  const { id: _id, ...signed } = by.sign({ challenge, rpId: at }, origin, verified);
  return { key: approverKeyId(as.publicKey), ...signed };
}
const people = (...approvals: NonNullable<Envelope['approvals']>) =>
  peopleWhoApproved({ payload, signatures: [{ key: '0'.repeat(32), signature: 'x' }], approvals }, 'manifest', keys, assertions);

describe('approvals', () => {
  it('count each person once, by whichever of their passkeys', () => {
    expect(people(approval(lan))).toBe(1);
    expect(people(approval(lan), approval(lan), approval(spareOfLan))).toBe(1);
    expect(people(approval(lan), approval(hai))).toBe(2);
  });

  it('do not count over other words, another host or purpose, without finger, face or PIN, of a stranger, or under another’s name', () => {
    expect(people(approval(lan, { over: `${payload} ` }))).toBe(0);
    expect(people(approval(lan, { at: 'evil.example' }))).toBe(0);
    expect(people(approval(lan, { verified: false }))).toBe(0);
    expect(people(approval(stranger))).toBe(0);
    expect(people(approval(stranger, { as: lan }))).toBe(0);
    expect(people({ ...approval(lan), clientDataJSON: Buffer.from('{}').toString('base64url') })).toBe(0);
    expect(people({ ...approval(lan), authenticatorData: 'AAAA' })).toBe(0);
    expect(
      peopleWhoApproved({ payload, signatures: [{ key: '0'.repeat(32), signature: 'x' }], approvals: [approval(lan)] }, 'assignment', keys, assertions),
    ).toBe(0);
  });

  it('make an order hold for whoever asks for as many people, and are none over a manifest of the same bytes', () => {
    const [id, publicKey] = ['0'.repeat(32), 'A'.repeat(43)];
    const signer = { keys: [id], threshold: 1, until: 1 };
    const asked = { keys, thresholds: { traffic: 2, public: 1, indoor: 0 } };
    const content = { ...signer, thresholds: { traffic: 1, public: 1, indoor: 1 }, approvers: asked };
    const facts = { number: 1, serverName: 'Máy chủ thử', issuedAt: 0, keys: { [id]: publicKey } };
    const root = rootDocumentSchema.parse({ ...facts, roles: { root: signer, content, state: signer } });
    const signed = (...approvals: NonNullable<Envelope['approvals']>) => {
      const envelope = { payload, signatures: [{ key: id, signature: 'x' }], approvals };
      return audiences.filter((audience) => isApproved(root, envelope, 'order', audience, assertions));
    };
    const [one, two] = [approval(lan, { purpose: 'order' }), approval(hai, { purpose: 'order' })];
    expect(signed()).toEqual(['indoor']);
    expect(signed(one, approval(spareOfLan, { purpose: 'order' }))).toEqual(['public', 'indoor']);
    expect(signed(one, two)).toEqual(['traffic', 'public', 'indoor']);
    expect(signed(approval(lan), approval(hai))).toEqual(['indoor']);
    expect(isApproved(root, { payload, signatures: [{ key: id, signature: 'x' }], approvals: [one, two] }, 'order', 'traffic')).toBe(false);
  });
});
