// Which root document a player trusts: the one pinned at first contact, then only one that the pinned one's keys have signed.
import { openFirstRoot, rootDocumentSchema, signersFor, type RootDocument } from '../core/root-document.ts';
import { openEnvelope, type Envelope, type Verify } from '../core/signed.ts';
import { sha256 } from './ed25519.ts';

export interface PinnedRoot {
  readonly envelope: Envelope;
  readonly sha256: string;
  readonly document: RootDocument;
}

export type RootVerdict = { ok: true; root: PinnedRoot; isNew: boolean } | { ok: false; reason: string };

function refused(reason: string): RootVerdict {
  return { ok: false, reason };
}

/** A root document that is signed by its own root keys. */
export function readRoot(envelope: Envelope, verify: Verify): RootVerdict {
  const opened = openFirstRoot(envelope, verify);
  if (!opened.ok) return refused(`${opened.reason}: ${opened.detail}`);
  return { ok: true, root: { envelope, sha256: sha256(envelope.payload), document: opened.document }, isNew: true };
}

/** On first contact: the root has to be the one that the token or the four words named. */
export function pinFirstRoot(offered: Envelope, candidate: string | undefined, verify: Verify): RootVerdict {
  if (candidate === undefined) return refused('no root was named by a token or by pairing words');
  if (sha256(offered.payload) !== candidate) return refused('this is not the root that the token or the pairing words named');
  return readRoot(offered, verify);
}

/** Later: the same root, or one with a higher number signed by the threshold of the pinned one and by its own. */
export function followRoot(pinned: PinnedRoot, offered: Envelope, verify: Verify): RootVerdict {
  if (sha256(offered.payload) === pinned.sha256) return { ok: true, root: pinned, isNew: false };
  const bySuccession = openEnvelope(offered, 'root', rootDocumentSchema, signersFor(pinned.document, 'root', 'indoor'), verify);
  if (!bySuccession.ok) return refused(`not signed by the pinned root: ${bySuccession.reason}`);
  if (bySuccession.document.number <= pinned.document.number)
    return refused(`root ${bySuccession.document.number} is not newer than ${pinned.document.number}`);
  return readRoot(offered, verify);
}
