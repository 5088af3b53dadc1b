// Codes that a box shows until a clerk types them: short-lived, in memory only, one for each box that waits.
import { randomInt } from 'node:crypto';

/** Crockford base 32: no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pairingMs = 15 * 60_000;
/** More boxes than this do not wait at once; the one that waits longest makes room. */
const maxWaiting = 500;

interface Waiting {
  readonly publicKey: string;
  readonly expiresAt: number;
  /** Called with the screen's id when a clerk has bound the box. */
  readonly onBound: (screen: string) => void;
}

export interface PairingCodes {
  /** A new code for a box; an earlier one of the same box stops working. */
  allocate(publicKey: string, onBound: Waiting['onBound']): { code: string; expiresAt: number };
  find(code: string): Waiting | undefined;
  end(code: string): void;
}

export function pairingCodes(now: () => number): PairingCodes {
  const waiting = new Map<string, Waiting>();

  const forget = (publicKey: string) => {
    for (const [code, entry] of waiting) if (entry.publicKey === publicKey) waiting.delete(code);
  };

  const freeCode = (): string => {
    for (;;) {
      const code = Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');
      if (!waiting.has(code)) return code;
    }
  };

  return {
    end: (code) => void waiting.delete(code),
    allocate(publicKey, onBound) {
      forget(publicKey);
      const [oldest] = waiting.keys();
      if (waiting.size >= maxWaiting && oldest !== undefined) waiting.delete(oldest);
      const code = freeCode();
      const expiresAt = now() + pairingMs;
      waiting.set(code, { publicKey, expiresAt, onBound });
      return { code, expiresAt };
    },
    find(typed) {
      // As people type it: I and L for 1, O for 0.
      const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
      const entry = waiting.get(code);
      return entry && entry.expiresAt > now() ? entry : undefined;
    },
  };
}
