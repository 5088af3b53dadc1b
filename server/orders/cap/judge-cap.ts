// What a CAP message would do here: shown, in place of others, ending others, or nothing and why. Pure, so that it can be tried before it is sent.
import type { CapReason, CapTry } from '../../../core/cap-api.ts';
import { longestAlertMs } from '../../../core/orders.ts';
import type { LocalText } from '../../../core/primitives.ts';
import type { Unit } from '../../../core/units.ts';
import { areasOf, areaText, type CapAreas } from './cap-areas.ts';
import { wordsOfCap, type CapWords } from './cap-words.ts';
import { referencesOf, type CapMessage, type CapReference } from './read-cap.ts';

/** An alert that was sent to screens at any time, or that waits for a second person. */
export interface KnownAlert extends CapReference {
  /** Null while it waits; then `request` names it. */
  readonly number: number | null;
  readonly request?: string;
  readonly headline: LocalText;
  readonly standing: boolean;
  /** `sender,identifier,sent` */
  readonly references: readonly string[];
}

export type CapVerdict =
  | { readonly action: 'none'; readonly reason: CapReason }
  | { readonly action: 'end'; readonly ends: readonly KnownAlert[] }
  | {
      readonly action: 'show' | 'replace';
      readonly ends: readonly KnownAlert[];
      readonly words: CapWords;
      readonly areas: CapAreas;
      readonly area: LocalText;
      /** Undefined while a person has to say it. */
      readonly expiresAt: number | undefined;
    };

export interface CapSurroundings {
  readonly now: number;
  readonly known: readonly KnownAlert[];
  readonly units: readonly Unit[];
  readonly answers: Pick<CapTry, 'areas' | 'minutes'>;
}

/** Clocks of senders differ a little. */
const clockSlackMs = 60_000;
const isSame = (a: CapReference, b: CapReference) => a.sender === b.sender && a.identifier === b.identifier;

export function judgeCap(message: CapMessage, { now, known, units, answers }: CapSurroundings): CapVerdict {
  const none = (reason: CapReason): CapVerdict => ({ action: 'none', reason });
  const { status, scope, msgType } = message;
  if (status !== 'Actual') return none('not-actual');
  if (scope !== 'Public') return none('not-public');
  if (msgType === 'Ack' || msgType === 'Error') return none('no-alert');
  const references = referencesOf(message);
  if (msgType !== 'Alert' && references.length === 0) return none('no-references');
  const ends = msgType === 'Alert' ? [] : known.filter((alert) => alert.standing && references.some((each) => isSame(each, alert)));
  if (msgType === 'Cancel') return ends.length === 0 ? none('nothing-to-cancel') : { action: 'end', ends };
  if (known.some((alert) => isSame(alert, message))) return none('known');
  if (known.some((alert) => referencesOf({ references: alert.references.join(' ') }).some((each) => isSame(each, message)))) return none('superseded');
  const read = wordsOfCap(message);
  if (!read.ok) return none(read.reason);
  const { words } = read;
  const { effective, expires } = words.info;
  const until = expires ?? (answers.minutes === undefined ? undefined : now + answers.minutes * 60_000);
  if (until !== undefined && until <= now) return none('expired');
  if (effective !== undefined && effective > now + clockSlackMs) return none('not-yet');
  const areas = areasOf(words, units, answers.areas);
  if (areas.clear && areas.units.length === 0) return none('foreign');
  const expiresAt = until === undefined ? undefined : Math.min(until, now + longestAlertMs);
  return { action: ends.length > 0 ? 'replace' : 'show', ends, words, areas, area: areaText(words, areas), expiresAt };
}
