import { describe, expect, test } from 'vitest';
import { assertions } from './assertions.ts';
import { newPrivateKey, sha256, signingKey, verifySignature } from './ed25519.ts';
import { messageItem, sampleAssignment, sampleManifest, sampleRoot, sampleSnapshot } from './testing/samples.ts';
import { judgeAssignment, judgeManifest, judgeSnapshot, type Judge } from './verdict.ts';

const screen = '0b0e4c9a-7a44-4a8e-9df1-3a2f9a4f6a11';
const rootKey = signingKey(newPrivateKey());
const content = signingKey(newPrivateKey());
const approver = signingKey(newPrivateKey());
const judge: Judge = { root: sampleRoot(rootKey, content), audience: 'indoor', verify: verifySignature, assertions };
const manifest = sampleManifest([messageItem('a')], { version: 5 });
const signed = content.sign('manifest', manifest);
const accepted = { version: 5, sha256: sha256(signed.payload) };
const reasonOf = (verdict: { ok: boolean; reason?: string }) => (verdict.ok ? 'taken' : verdict.reason);

describe('manifest', () => {
  test('is taken when it is new, and again when it is the one that was verified', () => {
    expect(judgeManifest(signed, judge, 'reception', undefined).ok).toBe(true);
    expect(judgeManifest(signed, judge, 'reception', accepted).ok).toBe(true);
  });

  test.each([
    ['older than one verified', content.sign('manifest', { ...manifest, version: 4 }), /version 4 is older than 5/],
    ['another with the same version', content.sign('manifest', { ...manifest, issuedAt: manifest.issuedAt + 1 }), /older/],
    ['for another channel', content.sign('manifest', { ...manifest, channel: 'street', version: 6 }), /channel street/],
    ['signed as something else', content.sign('snapshot', { ...manifest, version: 6 }), /bad-signature/],
    ['signed by the wrong key', rootKey.sign('manifest', { ...manifest, version: 6 }), /bad-signature/],
    ['made for a later protocol', content.sign('manifest', { ...manifest, version: 6, minProtocol: 99 }), /protocol 99/],
    ['signed by a key that had expired', content.sign('manifest', { ...manifest, version: 6, issuedAt: Date.UTC(2061, 0, 1) }), /expired/],
    [
      'without a zone that exists',
      content.sign('manifest', { ...manifest, version: 6, campaign: { ...manifest.campaign, zone: 'Asia/Nowhere' } }),
      /cannot be played/,
    ],
    ['without its shape', content.sign('manifest', { ...manifest, version: 'six' }), /bad-document/],
  ])('is refused when it is %s', (_, envelope, reason) => {
    expect(reasonOf(judgeManifest(envelope, judge, 'reception', accepted))).toMatch(reason);
  });

  test('needs as many signatures as its audience asks for', () => {
    const root = sampleRoot(rootKey, content, {
      keys: { [rootKey.id]: rootKey.publicKey, [content.id]: content.publicKey, [approver.id]: approver.publicKey },
    });
    const strict = {
      ...root,
      roles: { ...root.roles, content: { ...root.roles.content, keys: [content.id, approver.id], thresholds: { traffic: 2, public: 1, indoor: 1 } } },
    };
    const roadside: Judge = { ...judge, root: strict, audience: 'traffic' };
    expect(reasonOf(judgeManifest(signed, roadside, 'reception', undefined))).toMatch(/1 of 2 signatures/);
    const both = { payload: signed.payload, signatures: [...signed.signatures, ...approver.sign('manifest', manifest).signatures] };
    expect(reasonOf(judgeManifest(both, roadside, 'reception', undefined))).toBe('taken');
  });
});

describe('assignment', () => {
  const envelope = content.sign('assignment', sampleAssignment(screen, { version: 3 }));

  test('fault 79: is taken for its own screen only', () => {
    expect(reasonOf(judgeAssignment(envelope, judge, screen, undefined))).toBe('taken');
    expect(reasonOf(judgeAssignment(envelope, judge, '5f0c1d1e-58a5-4f34-a4a4-0d6d1f2f7e22', undefined))).toMatch(/another screen/);
  });

  test('is refused when it is older than one verified', () => {
    expect(reasonOf(judgeAssignment(envelope, judge, screen, { version: 4, sha256: sha256('later') }))).toMatch(/older/);
  });
});

describe('snapshot', () => {
  test('is refused as a sample unless the screen is a trial screen', () => {
    const envelope = content.sign('snapshot', sampleSnapshot(1, { sample: true }));
    expect(reasonOf(judgeSnapshot(envelope, judge, false, undefined))).toMatch(/sample/);
    expect(reasonOf(judgeSnapshot(envelope, judge, true, undefined))).toBe('taken');
  });

  test('is refused when its number is not higher', () => {
    const envelope = content.sign('snapshot', sampleSnapshot(4));
    expect(reasonOf(judgeSnapshot(envelope, judge, false, { version: 5, sha256: sha256('later') }))).toMatch(/snapshot 4 is older than 5/);
    expect(reasonOf(judgeSnapshot(envelope, judge, false, { version: 4, sha256: sha256('other') }))).toMatch(/older/);
  });
});
