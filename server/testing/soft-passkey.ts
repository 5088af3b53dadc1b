// A passkey in software for tests: it makes and signs what an authenticator does, as a browser hands it on.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Assertion, AssertionOptions, Registration, RegistrationOptions } from '../../core/passkey-api.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
/** The head of something in CBOR (RFC 8949): its kind, and its length in as few bytes as it takes. */
const head = (major: number, length: number) =>
  Buffer.from(length < 24 ? [(major << 5) | length] : length < 256 ? [(major << 5) | 24, length] : [(major << 5) | 25, length >> 8, length & 255]);
const cborBytes = (bytes: Uint8Array) => Buffer.concat([head(2, bytes.length), bytes]);
const cborText = (words: string) => Buffer.concat([head(3, words.length), Buffer.from(words)]);

const flags = { present: 1, verified: 4, withKey: 64 };

export interface SoftPasskey {
  readonly id: string;
  /** SPKI, base64url. */
  readonly publicKey: string;
  register(options: Pick<RegistrationOptions, 'challenge' | 'rp'>, origin: string): Registration;
  /** @param verified whether whoever holds it has shown a finger, a face or a PIN */
  sign(options: Pick<AssertionOptions, 'challenge' | 'rpId'>, origin: string, verified?: boolean): Assertion;
}

export function softPasskey(): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  let counter = 0;
  const client = (type: string, challenge: string, origin: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const authenticator = (host: string, set: number) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([sha256(host), Buffer.from([set]), count]);
  };
  // {1: 2, 3: -7, -1: 1, -2: x, -3: y}: an EC2 key for ES256 on P-256.
  const coseKey = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    cborBytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    cborBytes(Buffer.from(y, 'base64url')),
  ]);
  return {
    id: text(id),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
    register({ challenge, rp }, origin) {
      const data = Buffer.concat([
        authenticator(rp.id, flags.present | flags.verified | flags.withKey),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        coseKey,
      ]);
      const object = Buffer.concat([head(5, 3), cborText('fmt'), cborText('none'), cborText('attStmt'), head(5, 0), cborText('authData'), cborBytes(data)]);
      return { id: text(id), clientDataJSON: text(client('webauthn.create', challenge, origin)), attestationObject: text(object), transports: ['internal'] };
    },
    sign({ challenge, rpId }, origin, verified = true) {
      const data = authenticator(rpId, flags.present | (verified ? flags.verified : 0));
      const clientData = client('webauthn.get', challenge, origin);
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey);
      return { id: text(id), clientDataJSON: text(clientData), authenticatorData: text(data), signature: text(signature) };
    },
  };
}
