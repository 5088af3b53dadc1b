// The public key of a passkey as players read it: SPKI in DER, base64url.
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { sha256 } from './ed25519.ts';

const text = (bytes: unknown) => Buffer.from(bytes as Uint8Array).toString('base64url');

/** @param key COSE, base64url @throws for a kind of key that passkeys here are not made with */
export function spkiOfCose(key: string): string {
  const decoded = decodeCredentialPublicKey(Uint8Array.from(Buffer.from(key, 'base64url')));
  let jwk: JsonWebKey;
  if (cose.isCOSEPublicKeyEC2(decoded)) jwk = { kty: 'EC', crv: 'P-256', x: text(decoded.get(cose.COSEKEYS.x)), y: text(decoded.get(cose.COSEKEYS.y)) };
  else if (cose.isCOSEPublicKeyOKP(decoded)) jwk = { kty: 'OKP', crv: 'Ed25519', x: text(decoded.get(cose.COSEKEYS.x)) };
  else if (cose.isCOSEPublicKeyRSA(decoded)) jwk = { kty: 'RSA', n: text(decoded.get(cose.COSEKEYS.n)), e: text(decoded.get(cose.COSEKEYS.e)) };
  else throw new TypeError('this passkey has a key of an unknown kind');
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' }).toString('base64url');
}

/** An approver's key is named by the hash of its bytes. */
export function approverKeyId(spki: string): string {
  return sha256(Buffer.from(spki, 'base64url')).slice(0, 32);
}
