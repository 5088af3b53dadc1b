// Hashes and Ed25519 signatures, as core's signed documents need them.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { signedBytes, type Envelope, type Purpose, type Verify } from '../core/signed.ts';

/** Lower-case hexadecimal SHA-256; text is taken as UTF-8. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The id of a raw public key in base64url. */
export function keyIdOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64url')).slice(0, 32);
}

export const verifySignature: Verify = (publicKey, bytes, signature) => {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, bytes, key, Buffer.from(signature, 'base64url'));
  } catch {
    // A key or signature that is not one does not hold.
    return false;
  }
};

export interface SigningKey {
  readonly id: string;
  /** Raw public key, base64url. */
  readonly publicKey: string;
  sign(purpose: Purpose, document: unknown): Envelope;
}

/** A new private key, PKCS #8 in base64url. */
export function newPrivateKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url');
}

/** @throws when the text is no Ed25519 private key */
export function signingKey(privateKey: string): SigningKey {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), type: 'pkcs8', format: 'der' });
  const publicKey = createPublicKey(key).export({ format: 'jwk' }).x;
  if (key.asymmetricKeyType !== 'ed25519' || publicKey === undefined) throw new TypeError('not an Ed25519 private key');
  const id = keyIdOf(publicKey);
  return {
    id,
    publicKey,
    sign(purpose, document) {
      const payload = JSON.stringify(document);
      return { payload, signatures: [{ key: id, signature: sign(null, signedBytes(purpose, payload), key).toString('base64url') }] };
    },
  };
}
