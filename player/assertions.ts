// How the player checks signatures of passkeys, as core's approvals need it.
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Assertions } from '../core/approvers.ts';

export const assertions: Assertions = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  fromBase64url: (text) => Buffer.from(text, 'base64url'),
  verify(publicKey, bytes, signature) {
    try {
      const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' });
      return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, key, signature);
    } catch {
      // A key or signature from outside that is not even well-formed does not hold.
      return false;
    }
  },
};
