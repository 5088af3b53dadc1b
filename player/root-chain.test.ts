import { describe, expect, test } from 'vitest';
import type { Envelope } from '../core/signed.ts';
import { newPrivateKey, signingKey, verifySignature, type SigningKey } from './ed25519.ts';
import { followRoots } from './root-chain.ts';
import { readRoot, type PinnedRoot } from './root-pin.ts';
import { sampleRoot } from './testing/samples.ts';

const content = signingKey(newPrivateKey());
/** Root keys of the roots 1 to 5: each root has another one. */
const keys = Array.from({ length: 5 }, () => signingKey(newPrivateKey()));
const keyOf = (number: number): SigningKey => keys[number - 1] ?? content;

function signedBy(number: number, signers: readonly SigningKey[]): Envelope {
  const envelopes = signers.map((signer) => signer.sign('root', sampleRoot(keyOf(number), content, { number })));
  return { payload: envelopes[0]?.payload ?? '', signatures: envelopes.flatMap(({ signatures }) => signatures) };
}
const rootOf = (number: number) => signedBy(number, number === 1 ? [keyOf(1)] : [keyOf(number - 1), keyOf(number)]);
const pinned = (number: number): PinnedRoot => {
  const read = readRoot(rootOf(number), verifySignature);
  if (!read.ok) throw new Error(read.reason);
  return read.root;
};

describe('fault 82: several roll-overs that were missed', () => {
  test('are followed one by one, from root 2 to root 5', async () => {
    const asked: number[] = [];
    const verdict = await followRoots(pinned(2), rootOf(5), verifySignature, async (number) => {
      asked.push(number);
      return rootOf(number);
    });
    expect(verdict).toMatchObject({ ok: true, isNew: true, root: { document: { number: 5 } } });
    expect(asked).toEqual([3, 4]);
  });

  test('cost nothing when the pinned keys signed the newest one themselves', async () => {
    const direct = signedBy(5, [keyOf(2), keyOf(5)]);
    const verdict = await followRoots(pinned(2), direct, verifySignature, () => Promise.reject(new Error('nothing is to be fetched')));
    expect(verdict).toMatchObject({ ok: true, root: { document: { number: 5 } } });
  });

  test.each<[string, (number: number) => Envelope | undefined]>([
    ['one between cannot be had', (number) => (number === 4 ? undefined : rootOf(number))],
    ['one between is not signed by the one before', (number) => (number === 3 ? signedBy(3, [keyOf(3)]) : rootOf(number))],
    ['another number comes than was asked for', (number) => rootOf(number === 3 ? 4 : number)],
    ['the same root comes again and again', () => rootOf(2)],
  ])('are not followed when %s', async (_, fetchRoot) => {
    const verdict = await followRoots(pinned(2), rootOf(5), verifySignature, async (number) => fetchRoot(number));
    expect(verdict.ok).toBe(false);
  });

  test('are not followed to a root that strangers made up, however many it claims to lie between', async () => {
    const stranger = signingKey(newPrivateKey());
    for (const number of [5, 99, 10_000]) {
      const forged = stranger.sign('root', sampleRoot(stranger, content, { number }));
      let fetched = 0;
      const verdict = await followRoots(pinned(2), forged, verifySignature, async (asked) => {
        fetched += 1;
        return asked <= 5 ? rootOf(asked) : undefined;
      });
      expect(verdict.ok).toBe(false);
      expect(fetched).toBeLessThan(6);
    }
  });
});
