// Ed25519 and SHA-256 of node:crypto in the forms that the contracts use: base64url raw keys, hexadecimal hashes.
import { createPublicKey, hash, sign, verify as cryptoVerify, type KeyObject } from 'node:crypto';
import { signedBytes, type Envelope, type Purpose, type Verify } from '../../core/signed.ts';

/** Lower-case hexadecimal SHA-256 of bytes, or of a text's UTF-8. */
export function sha256(content: Uint8Array | string): string {
  return hash('sha256', content);
}

/** A key's id: the first 32 hexadecimal characters of SHA-256 over its raw public bytes. */
export function keyId(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64url')).slice(0, 32);
}

/** The 32 raw public bytes of a private key, base64url. */
export function rawPublicKey(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('the key is no Ed25519 key');
  return x;
}

const publicKeyObject = (publicKey: string) => createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } });

/** A raw public key as tools outside read it. */
export function publicKeyPem(publicKey: string): string {
  return publicKeyObject(publicKey).export({ format: 'pem', type: 'spki' }).toString();
}

export const verify: Verify = (publicKey, bytes, signature) => {
  try {
    return cryptoVerify(null, bytes, publicKeyObject(publicKey), Buffer.from(signature, 'base64url'));
  } catch {
    // A key or signature from outside that is not even well-formed does not hold.
    return false;
  }
};

/** Signs a payload text for a purpose. */
export function signPayload(purpose: Purpose, payload: string, privateKey: KeyObject): Envelope {
  const signature = sign(null, signedBytes(purpose, payload), privateKey).toString('base64url');
  return { payload, signatures: [{ key: keyId(rawPublicKey(privateKey)), signature }] };
}
