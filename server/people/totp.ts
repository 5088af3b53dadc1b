// Codes by time (RFC 6238) for the second factor: 6 digits, a new one every 30 seconds, HMAC-SHA-1 as every telephone's app knows it.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const stepMs = 30_000;
/** RFC 4648, which is what the apps read. */
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface TotpForm {
  readonly digits: number;
  readonly hash: 'sha1' | 'sha256' | 'sha512';
}
const usual: TotpForm = { digits: 6, hash: 'sha1' };

export function stepAt(instant: number): number {
  return Math.floor(instant / stepMs);
}

export function codeOfStep(secret: Uint8Array, step: number, { digits, hash }: TotpForm = usual): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(hash, secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step whose code this is: now, or one before or after it, since clocks differ. */
export function stepOfCode(secret: Uint8Array, code: string, now: number): number | undefined {
  const typed = Buffer.from(code);
  const here = stepAt(now);
  return [here, here - 1, here + 1].find((step) => {
    const right = Buffer.from(codeOfStep(secret, step));
    return right.length === typed.length && timingSafeEqual(right, typed);
  });
}

export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((part) => base32[Number.parseInt(part.padEnd(5, '0'), 2)] ?? '').join('');
}

export function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** 160 bits, the length that RFC 4226 asks for. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** What a telephone reads from the QR code. */
export function totpUri(secret: string, login: string, issuer: string): string {
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(login)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
