// Which signed documents a player takes: signed for its screen's audience, meant for it, and never older than one it has verified.
import type { z } from 'zod';
import { assignmentSchema, manifestSchema, maxAssignmentBytes, maxManifestBytes, type Assignment, type Manifest } from '../core/manifest.ts';
import { protocolVersion } from '../core/protocol.ts';
import type { Audience } from '../core/profile.ts';
import { needsAsMany, signersFor, type RootDocument } from '../core/root-document.ts';
import type { Assertions } from '../core/approvers.ts';
import { openEnvelope, readPayload, type Envelope, type Opened, type Purpose, type Verify } from '../core/signed.ts';
import { maxOrderBytes, orderSchema, type OrderDocument } from '../core/orders.ts';
import { snapshotSchema, type Snapshot } from '../core/snapshot.ts';
import type { WarningCode } from '../core/warnings.ts';
import { compileContent, type Content } from './content.ts';
import { sha256 } from './ed25519.ts';
import { faultText } from './log.ts';

/** A refusal that people should hear of names its warning. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
  readonly warning?: WarningCode;
}

export type Verdict<T> = { ok: true; document: T; sha256: string } | Refusal;

/** The highest version verified so far, and the hash that bore it. */
export interface Accepted {
  readonly version: number;
  readonly sha256: string;
}

const maxSnapshotBytes = 2 ** 20;
const limits: Partial<Record<Purpose, number>> = {
  manifest: maxManifestBytes,
  assignment: maxAssignmentBytes,
  snapshot: maxSnapshotBytes,
  order: maxOrderBytes,
};

/** Longest body of an answer that carries an envelope: quotes in the payload are escaped, signatures come on top. */
export function maxEnvelopeBytes(purpose: 'root' | 'manifest' | 'assignment' | 'snapshot' | 'order'): number {
  return 2 * (limits[purpose] ?? 2 ** 18) + 8_192;
}

export interface Judge {
  readonly root: RootDocument;
  readonly audience: Audience;
  readonly verify: Verify;
  /** For sites that ask for approvers' passkeys. */
  readonly assertions: Assertions;
  /** Audience of the assignment that is held: a new one does not lower the number of signatures that its content needs. */
  readonly heldAudience?: Audience | undefined;
  /** Hashes that were verified under an earlier root: a roll-over does not take away what plays. */
  readonly wasVerified?: ((sha256: string) => boolean) | undefined;
  /** Trusted time, for documents that are new: what a key signs after its end is refused, whatever date it bears. */
  readonly now?: number | undefined;
}

function hasEnded(until: number, issuedAt: number, now = issuedAt): boolean {
  return Math.max(issuedAt, now) > until;
}

function refused(reason: string, warning?: WarningCode): Refusal {
  return { ok: false, reason: reason.slice(0, 300), ...(warning ? { warning } : {}) };
}

/** A document that could not be opened. */
function unopened({ reason, detail }: { reason: string; detail: string }): Refusal {
  return refused(`${reason}: ${detail}`, reason === 'bad-signature' ? 'unsigned-offered' : undefined);
}

/** A replay is an older version, or another document with the number of one that was verified. */
function isOlder(version: number, hash: string, accepted: Accepted | undefined): boolean {
  return accepted !== undefined && (version < accepted.version || (version === accepted.version && hash !== accepted.sha256));
}

function tooLong(purpose: Purpose, envelope: Envelope): boolean {
  return Buffer.byteLength(envelope.payload) > (limits[purpose] ?? Infinity);
}

/** Who can only sign states must not, by naming other viewers, bring content onto a screen that needs more signatures: those who sign its content have to say so. */
function mayBecome(audience: Audience, envelope: Envelope, { root, heldAudience, verify, assertions }: Judge): boolean {
  if (heldAudience === undefined || needsAsMany(root, audience, heldAudience)) return true;
  return openEnvelope(envelope, 'assignment', assignmentSchema, signersFor(root, 'manifest', heldAudience, assertions), verify).ok;
}

function open<Schema extends z.ZodType>(envelope: Envelope, purpose: Purpose, schema: Schema, judge: Judge): Opened<z.infer<Schema>> {
  if (judge.wasVerified?.(sha256(envelope.payload)) === true) return readPayload(envelope.payload, schema);
  return openEnvelope(envelope, purpose, schema, signersFor(judge.root, purpose, judge.audience, judge.assertions), judge.verify);
}

export function judgeAssignment(envelope: Envelope, judge: Judge, screen: string, accepted: Accepted | undefined): Verdict<Assignment> {
  if (tooLong('assignment', envelope)) return refused('the assignment is too long');
  const opened = open(envelope, 'assignment', assignmentSchema, judge);
  if (!opened.ok) return unopened(opened);
  const hash = sha256(envelope.payload);
  const { document } = opened;
  if (document.screen !== screen) return refused('the assignment is for another screen', 'foreign-offered');
  if (hasEnded(judge.root.roles.state.until, document.issuedAt, judge.now)) return refused('the key that signed it had expired');
  if (!mayBecome(document.profile.audience, envelope, judge))
    return refused('content for these viewers would need fewer signatures than before', 'unsigned-offered');
  if (isOlder(document.version, hash, accepted)) return refused(`version ${document.version} is older than ${accepted?.version}`, 'old-offered');
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
  const opened = open(envelope, 'manifest', manifestSchema, judge);
  if (!opened.ok) return unopened(opened);
  const hash = sha256(envelope.payload);
  const { document: manifest } = opened;
  if (channel !== undefined && manifest.channel !== channel)
    return refused(`the manifest is for channel ${manifest.channel}, not ${channel}`, 'foreign-offered');
  if (manifest.minProtocol > protocolVersion) return refused(`the manifest needs protocol ${manifest.minProtocol}, this player speaks ${protocolVersion}`);
  if (hasEnded(judge.root.roles.content.until, manifest.issuedAt, judge.now)) return refused('the key that signed it had expired');
  if (isOlder(manifest.version, hash, accepted)) return refused(`version ${manifest.version} is older than ${accepted?.version}`, 'old-offered');
  try {
    return { ok: true, document: { manifest, content: compileContent(hash, manifest) }, sha256: hash };
  } catch (fault) {
    return refused(`the manifest cannot be played: ${faultText(fault)}`);
  }
}

export function judgeSnapshot(envelope: Envelope, judge: Judge, trial: boolean, accepted: Accepted | undefined): Verdict<Snapshot> {
  if (tooLong('snapshot', envelope)) return refused('the snapshot is too long');
  const opened = open(envelope, 'snapshot', snapshotSchema, judge);
  if (!opened.ok) return unopened(opened);
  const hash = sha256(envelope.payload);
  const { document } = opened;
  if (document.sample && !trial) return refused('sample figures are refused on a screen that is not a trial screen');
  if (hasEnded(judge.root.roles.state.until, document.issuedAt, judge.now)) return refused('the key that signed it had expired');
  if (isOlder(document.number, hash, accepted)) return refused(`snapshot ${document.number} is older than ${accepted?.version}`, 'old-offered');
  return { ok: true, document, sha256: hash };
}

/** Whether an order was ended already is for the book of orders to say: its number alone makes it neither old nor new. */
export function judgeOrder(envelope: Envelope, judge: Judge): Verdict<OrderDocument> {
  if (tooLong('order', envelope)) return refused('the order is too long');
  const opened = open(envelope, 'order', orderSchema, judge);
  if (!opened.ok) return unopened(opened);
  if (hasEnded(judge.root.roles.state.until, opened.document.issuedAt, judge.now)) return refused('the key that signed it had expired');
  return { ok: true, document: opened.document, sha256: sha256(envelope.payload) };
}
