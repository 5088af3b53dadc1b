// Makes a screen's PIN: six digits by chance, and the slow hash by which its box knows them.
import { randomBytes, randomInt, scrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { pinCost, pinDigits, pinProofSchema, pinSchema } from '../../core/technician.ts';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** As it is kept: the desk reads the digits to a technician on the telephone, also when the box is offline. */
export const keptPinSchema = pinProofSchema.extend({ digits: pinSchema });
export type KeptPin = z.infer<typeof keptPinSchema>;

export async function newPin(): Promise<KeptPin> {
  const digits = String(randomInt(10 ** pinDigits)).padStart(pinDigits, '0');
  const salt = randomBytes(16);
  const { bytes, ...cost } = pinCost;
  const hash = await derive(digits, salt, bytes, cost);
  return { digits, salt: salt.toString('base64url'), hash: hash.toString('base64url') };
}
