// Envelopes: which signatures count, for which purpose, over which bytes.
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openEnvelope, purposes, readPayload, signedBytes, type Envelope, type Purpose, type Signers, type Verify } from './signed.ts';

const check: Verify = (publicKey, bytes, signature) =>
  verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }), Buffer.from(signature, 'base64url'));

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'jwk' }).x ?? '';
  const id = createHash('sha256').update(Buffer.from(raw, 'base64url')).digest('hex').slice(0, 32);
  return {
    id,
    raw,
    sign: (purpose: Purpose, payload: string) => ({ key: id, signature: sign(null, signedBytes(purpose, payload), privateKey).toString('base64url') }),
  };
}

const [a, b, stranger] = [newKey(), newKey(), newKey()];
const schema = z.object({ n: z.int(), word: z.string() });
const signers = (threshold: number): Signers => ({ keys: { [a.id]: a.raw, [b.id]: b.raw }, threshold });
const payload = JSON.stringify({ n: 1, word: 'Hà Nội', unknown: true });
const envelope = (...keys: (typeof a)[]): Envelope => ({ payload, signatures: keys.map((key) => key.sign('manifest', payload)) });
const open = (raw: unknown, threshold = 1, purpose: Purpose = 'manifest') => openEnvelope(raw, purpose, schema, signers(threshold), check);

describe('openEnvelope', () => {
  test('opens what enough known keys have signed, and ignores unknown fields', () => {
    expect(open(envelope(a))).toEqual({ ok: true, document: { n: 1, word: 'Hà Nội' } });
    expect(open(envelope(a, b), 2).ok).toBe(true);
  });

  test('takes the bytes before the payload from the purpose', () => {
    expect(Buffer.from(signedBytes('time', 'ặ')).toString('utf8')).toBe('ihanoi/1/time\nặ');
  });

  test('counts one key once, however often it signs', () => {
    expect(open(envelope(a, a, a), 2)).toMatchObject({ ok: false, reason: 'bad-signature' });
  });

  test('does not count a stranger, nor a stranger who takes a known id', () => {
    expect(open(envelope(stranger)).ok).toBe(false);
    const { signature } = stranger.sign('manifest', payload);
    expect(open({ payload, signatures: [{ key: a.id, signature }] }).ok).toBe(false);
    expect(open(envelope(a, stranger), 2).ok).toBe(false);
  });

  test('does not take one purpose for another', () => {
    for (const purpose of purposes.filter((each) => each !== 'manifest'))
      expect(open(envelope(a), 1, purpose)).toMatchObject({ ok: false, reason: 'bad-signature' });
  });

  test('refuses any change of any character', () => {
    fc.assert(
      fc.property(fc.nat({ max: payload.length - 1 }), fc.string({ minLength: 0, maxLength: 2 }), (at, put) => {
        const changed = payload.slice(0, at) + put + payload.slice(at + 1);
        fc.pre(changed !== payload && changed.length >= 2);
        expect(open({ ...envelope(a), payload: changed })).toMatchObject({ ok: false, reason: 'bad-signature' });
      }),
    );
  });

  test('tells a broken envelope from a signed document of another shape', () => {
    for (const raw of [undefined, null, 'text', {}, { payload }, { payload, signatures: [] }, { payload, signatures: [{ key: 'x', signature: 'y' }] }]) {
      expect(open(raw)).toMatchObject({ ok: false, reason: 'malformed' });
    }
    const other = JSON.stringify({ n: 'one' });
    expect(open({ payload: other, signatures: [a.sign('manifest', other)] })).toMatchObject({ ok: false, reason: 'bad-document' });
  });

  test('is not misled by names that every object has', () => {
    expect(open({ payload, signatures: [{ ...a.sign('manifest', payload), key: '__proto__' }] })).toMatchObject({ ok: false, reason: 'malformed' });
  });
});

describe('readPayload', () => {
  test('says what is wrong with text that is not JSON', () => {
    expect(readPayload('{"n":1', schema)).toMatchObject({ ok: false, reason: 'malformed' });
  });
});
