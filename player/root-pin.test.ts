import { describe, expect, test } from 'vitest';
import type { Envelope } from '../core/signed.ts';
import { newPrivateKey, sha256, signingKey, verifySignature } from './ed25519.ts';
import { followRoot, pinFirstRoot, readRoot } from './root-pin.ts';
import { sampleRoot } from './testing/samples.ts';

const [rootKey, content, nextKey, stranger] = [1, 2, 3, 4].map(() => signingKey(newPrivateKey())) as [
  ReturnType<typeof signingKey>,
  ReturnType<typeof signingKey>,
  ReturnType<typeof signingKey>,
  ReturnType<typeof signingKey>,
];
const first = rootKey.sign('root', sampleRoot(rootKey, content));
const read = readRoot(first, verifySignature);
if (!read.ok) throw new Error(read.reason);
const pinned = read.root;

/** Root 2, whose root key is another one, signed by whom it is told. */
function second(signers: readonly ReturnType<typeof signingKey>[], number = 2): Envelope {
  const document = sampleRoot(nextKey, content, { number });
  const [one, ...others] = signers.map((signer) => signer.sign('root', document));
  if (!one) throw new Error('nobody signs');
  return { payload: one.payload, signatures: [...one.signatures, ...others.flatMap(({ signatures }) => signatures)] };
}

describe('the first root', () => {
  test('is pinned when it is the one that the token or the words named', () => {
    expect(pinFirstRoot(first, sha256(first.payload), verifySignature)).toMatchObject({ ok: true, root: { document: { number: 1 } } });
  });

  test.each([
    ['another root', sha256('other')],
    ['a root that nobody named', undefined],
  ])('is refused when it is %s', (_, candidate) => {
    expect(pinFirstRoot(first, candidate, verifySignature).ok).toBe(false);
  });

  test('is refused when its own keys have not signed it', () => {
    const forged = stranger.sign('root', sampleRoot(rootKey, content));
    expect(pinFirstRoot(forged, sha256(forged.payload), verifySignature).ok).toBe(false);
  });
});

describe('the next root', () => {
  test('is followed when the pinned one and its own keys have signed it', () => {
    expect(followRoot(pinned, second([rootKey, nextKey]), verifySignature)).toMatchObject({ ok: true, isNew: true, root: { document: { number: 2 } } });
  });

  test('is the pinned one itself without any change', () => {
    expect(followRoot(pinned, first, verifySignature)).toEqual({ ok: true, isNew: false, root: pinned });
  });

  test('is refused when only its own key has signed it', () => {
    expect(followRoot(pinned, second([nextKey]), verifySignature).ok).toBe(false);
  });

  test('is refused when only the pinned one has signed it', () => {
    expect(followRoot(pinned, second([rootKey]), verifySignature).ok).toBe(false);
  });

  test('is refused when its number is not higher', () => {
    expect(followRoot(pinned, second([rootKey, nextKey], 1), verifySignature).ok).toBe(false);
  });

  test('fault 81, fault 82: is followed with two of three recovery keys, and not with one', () => {
    const recovery = [rootKey, nextKey, stranger];
    const three = sampleRoot(rootKey, content, {
      keys: Object.fromEntries([...recovery, content].map(({ id, publicKey }) => [id, publicKey])),
      roles: { ...pinned.document.roles, root: { keys: recovery.map(({ id }) => id), threshold: 2 } },
    });
    const signedBy = (signers: readonly ReturnType<typeof signingKey>[], document: object): Envelope => {
      const envelopes = signers.map((signer) => signer.sign('root', document));
      return { payload: envelopes[0]?.payload ?? '', signatures: envelopes.flatMap(({ signatures }) => signatures) };
    };
    const opened = readRoot(signedBy([rootKey, nextKey], three), verifySignature);
    if (!opened.ok) throw new Error(opened.reason);
    // The first of the three keys is lost with whoever held it.
    const next = { ...three, number: 2 };
    expect(followRoot(opened.root, signedBy([nextKey], next), verifySignature).ok).toBe(false);
    expect(followRoot(opened.root, signedBy([nextKey, stranger], next), verifySignature)).toMatchObject({ ok: true, isNew: true });
  });
});
