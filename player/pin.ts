// Holds typed digits against the proof of a screen's PIN.
import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { pinCost, type PinProof } from '../core/technician.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

export async function isPin(pin: string, { salt, hash }: PinProof): Promise<boolean> {
  const { bytes, ...cost } = pinCost;
  const found = await derive(pin, Buffer.from(salt, 'base64url'), bytes, cost);
  const wanted = Buffer.from(hash, 'base64url');
  return wanted.length === found.length && timingSafeEqual(found, wanted);
}
