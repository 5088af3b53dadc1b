// From the pinned root document to the server's newest, one signed step at a time: a player that was away follows every one it missed.
import type { Envelope, Verify } from '../core/signed.ts';
import { followRoot, readRoot, type PinnedRoot, type RootVerdict } from './root-pin.ts';

/** No site changes its root keys so often; a claim of more is not followed. */
const longestChain = 100;

/** A root document by its number, as the server holds it; `undefined` while it cannot be had. */
export type FetchRoot = (number: number) => Promise<Envelope | undefined>;

/**
 * Root N+1 is signed by the threshold of root N and by its own. Where the pinned one's keys did not sign the offered one,
 * those between are fetched and followed in order; one that does not hold ends the chain, and nothing is pinned.
 */
export async function followRoots(pinned: PinnedRoot, offered: Envelope, verify: Verify, fetchRoot: FetchRoot): Promise<RootVerdict> {
  const direct = followRoot(pinned, offered, verify);
  if (direct.ok) return direct;
  const claimed = readRoot(offered, verify);
  if (!claimed.ok) return direct;
  const { number } = claimed.root.document;
  let at = pinned;
  if (number - at.document.number < 2 || number - at.document.number > longestChain) return direct;
  for (let next = at.document.number + 1; next < number; next += 1) {
    const envelope = await fetchRoot(next);
    if (!envelope) return { ok: false, reason: `root ${next} is needed to follow root ${number} and cannot be fetched now` };
    const step = followRoot(at, envelope, verify);
    if (!step.ok) return step;
    if (step.root.document.number !== next) return { ok: false, reason: `root ${step.root.document.number} came as root ${next}` };
    at = step.root;
  }
  return followRoot(at, offered, verify);
}
