// Which signed documents a player takes: signed for its screen's audience, meant for it, and never older than one it has verified.
import { assignmentSchema, manifestSchema, maxAssignmentBytes, maxManifestBytes, type Assignment, type Manifest } from '../core/manifest.ts';
import { protocolVersion } from '../core/protocol.ts';
import type { Audience } from '../core/profile.ts';
import { signersFor, type RootDocument } from '../core/root-document.ts';
import { openEnvelope, type Envelope, type Purpose, type Verify } from '../core/signed.ts';
import { snapshotSchema, type Snapshot } from '../core/snapshot.ts';
import { compileContent, type Content } from './content.ts';
import { sha256 } from './ed25519.ts';
import { faultText } from './log.ts';

export type Verdict<T> = { ok: true; document: T; sha256: string } | { ok: false; reason: string };

/** The highest version verified so far, and the hash that bore it. */
export interface Accepted {
  readonly version: number;
  readonly sha256: string;
}

const maxSnapshotBytes = 2 ** 20;
const limits: Partial<Record<Purpose, number>> = { manifest: maxManifestBytes, assignment: maxAssignmentBytes, snapshot: maxSnapshotBytes };

/** Longest body of an answer that carries an envelope: quotes in the payload are escaped, signatures come on top. */
export function maxEnvelopeBytes(purpose: 'root' | 'manifest' | 'assignment' | 'snapshot'): number {
  return 2 * (limits[purpose] ?? 2 ** 18) + 8_192;
}

export interface Judge {
  readonly root: RootDocument;
  readonly audience: Audience;
  readonly verify: Verify;
}

function refused(reason: string): { ok: false; reason: string } {
  return { ok: false, reason: reason.slice(0, 300) };
}

/** A replay is an older version, or another document with the number of one that was verified. */
function isOlder(version: number, hash: string, accepted: Accepted | undefined): boolean {
  return accepted !== undefined && (version < accepted.version || (version === accepted.version && hash !== accepted.sha256));
}

function tooLong(purpose: Purpose, envelope: Envelope): boolean {
  return Buffer.byteLength(envelope.payload) > (limits[purpose] ?? Infinity);
}

export function judgeAssignment(envelope: Envelope, judge: Judge, screen: string, accepted: Accepted | undefined): Verdict<Assignment> {
  if (tooLong('assignment', envelope)) return refused('the assignment is too long');
  const opened = openEnvelope(envelope, 'assignment', assignmentSchema, signersFor(judge.root, 'assignment', judge.audience), judge.verify);
  if (!opened.ok) return refused(`${opened.reason}: ${opened.detail}`);
  const hash = sha256(envelope.payload);
  const { document } = opened;
  if (document.screen !== screen) return refused('the assignment is for another screen');
  if (document.issuedAt > judge.root.roles.state.until) return refused('the key that signed it had expired');
  if (isOlder(document.version, hash, accepted)) return refused(`version ${document.version} is older than ${accepted?.version}`);
  return { ok: true, document, sha256: hash };
}

/** A manifest that was verified, made ready to play. */
export interface JudgedManifest {
  readonly manifest: Manifest;
  readonly content: Content;
}

/** The same, under its hash. */
export interface HeldManifest extends JudgedManifest {
  readonly sha256: string;
}

export function judgeManifest(envelope: Envelope, judge: Judge, channel: string | undefined, accepted: Accepted | undefined): Verdict<JudgedManifest> {
  if (tooLong('manifest', envelope)) return refused('the manifest is too long');
  const opened = openEnvelope(envelope, 'manifest', manifestSchema, signersFor(judge.root, 'manifest', judge.audience), judge.verify);
  if (!opened.ok) return refused(`${opened.reason}: ${opened.detail}`);
  const hash = sha256(envelope.payload);
  const { document: manifest } = opened;
  if (channel !== undefined && manifest.channel !== channel) return refused(`the manifest is for channel ${manifest.channel}, not ${channel}`);
  if (manifest.minProtocol > protocolVersion) return refused(`the manifest needs protocol ${manifest.minProtocol}, this player speaks ${protocolVersion}`);
  if (manifest.issuedAt > judge.root.roles.content.until) return refused('the key that signed it had expired');
  if (isOlder(manifest.version, hash, accepted)) return refused(`version ${manifest.version} is older than ${accepted?.version}`);
  try {
    return { ok: true, document: { manifest, content: compileContent(hash, manifest) }, sha256: hash };
  } catch (fault) {
    return refused(`the manifest cannot be played: ${faultText(fault)}`);
  }
}

export function judgeSnapshot(envelope: Envelope, judge: Judge, trial: boolean, accepted: Accepted | undefined): Verdict<Snapshot> {
  if (tooLong('snapshot', envelope)) return refused('the snapshot is too long');
  const opened = openEnvelope(envelope, 'snapshot', snapshotSchema, signersFor(judge.root, 'snapshot', judge.audience), judge.verify);
  if (!opened.ok) return refused(`${opened.reason}: ${opened.detail}`);
  const hash = sha256(envelope.payload);
  const { document } = opened;
  if (document.sample && !trial) return refused('sample figures are refused on a screen that is not a trial screen');
  if (document.issuedAt > judge.root.roles.state.until) return refused('the key that signed it had expired');
  if (isOlder(document.number, hash, accepted)) return refused(`snapshot ${document.number} is older than ${accepted?.version}`);
  return { ok: true, document, sha256: hash };
}
