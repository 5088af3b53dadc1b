// The verified documents that a player holds, and the one pointer that says which of them are in force. Switching is one durable write.
import { z } from 'zod';
import type { Assignment } from '../core/manifest.ts';
import type { Board } from '../core/plan.ts';
import type { Prove } from '../core/protocol.ts';
import { sha256Schema } from '../core/primitives.ts';
import type { Audience } from '../core/profile.ts';
import type { Envelope } from '../core/signed.ts';
import { openDocumentStore, type DocumentStore } from './document-store.ts';
import { assertions } from './assertions.ts';
import { sha256, verifySignature } from './ed25519.ts';
import type { Identity } from './identity.ts';
import { faultText, type Log } from './log.ts';
import { recoverAssignment, recoverManifest } from './recovery.ts';
import { readRoot, type PinnedRoot } from './root-pin.ts';
import { openTwoCopies } from './two-copies.ts';
import { judgeAssignment, judgeManifest, judgeSnapshot, type Accepted, type HeldManifest, type JudgedManifest, type Refusal, type Verdict } from './verdict.ts';

const hashOrNone = sha256Schema.nullable();
const pointerSchema = z.object({
  assignment: hashOrNone,
  manifest: hashOrNone,
  previousManifest: hashOrNone,
  snapshot: hashOrNone,
  previousSnapshot: hashOrNone,
  /** A manifest that has not had a steady picture yet, and how often it was tried. */
  unproven: z
    .object({ sha256: sha256Schema, tries: z.int().min(0) })
    .nullable()
    .default(null),
  /** The manifest that could not be played; it waits for a higher version. */
  failed: z
    .object({ sha256: sha256Schema, reason: z.string().max(300) })
    .nullable()
    .default(null),
});
type Pointer = z.infer<typeof pointerSchema>;
const nothing: Pointer = { assignment: null, manifest: null, previousManifest: null, snapshot: null, previousSnapshot: null, unproven: null, failed: null };

const highest = z.record(z.string(), z.object({ version: z.int(), sha256: sha256Schema }));
/** Highest versions verified, by screen, channel and campaign. They never fall. */
const acceptedSchema = z.object({ assignments: highest, manifests: highest, snapshots: highest });

export type Taken = { ok: true } | Refusal;

export interface Holdings {
  readonly documents: DocumentStore;
  readonly root: PinnedRoot | undefined;
  readonly assignment: { readonly document: Assignment; readonly sha256: string } | undefined;
  readonly manifest: HeldManifest | undefined;
  readonly board: (Board & { readonly sha256: string }) | undefined;
  /** Why what plays is not what was last published; absent when it is. */
  manifestReason: string | undefined;
  accepted(): { root: number; manifest: number; assignment: number; snapshot: number };
  /** Hashes that bore the highest versions. */
  acceptedHashes(): NonNullable<Prove['acceptedHashes']>;
  pin(root: PinnedRoot): void;
  takeAssignment(envelope: Envelope): Promise<Taken>;
  takeSnapshot(current: Envelope, previous: Envelope | null): Promise<Taken>;
  /** Verifies a manifest and remembers its version; nothing plays yet. */
  acceptManifest(envelope: Envelope): Promise<Verdict<JudgedManifest>>;
  /** The manifest that was taken back, and why. */
  readonly failed: Pointer['failed'];
  /** The current manifest has had a steady picture, or there is none. */
  readonly isProven: boolean;
  readonly hasPrevious: boolean;
  /** Another try to show the current manifest begins. @returns the tries so far */
  countTry(): Promise<number>;
  /** The current manifest has a steady picture. */
  prove(): Promise<void>;
  /** The previous manifest plays again, or none; the current one is never tried again. */
  takeBack(reason: string): Promise<void>;
  /** From now on this manifest plays; all its files are there. */
  switchTo(envelope: Envelope, held: HeldManifest): Promise<void>;
  /** Waits until what was decided is on disk. */
  settled(): Promise<void>;
  /** Forgets everything of another server. */
  forget(): Promise<void>;
  /** Hashes of the files that the current and the previous manifest name. */
  filesInUse(): ReadonlySet<string>;
}

export interface HoldingsOptions {
  readonly folder: string;
  readonly documentsFolder: string;
  readonly identity: Identity;
  /** Who looks at the screen before an assignment says so. */
  readonly audience: Audience;
  /** Server's time, while it is trusted. */
  readonly trustedNow: () => number | undefined;
  readonly refused: (refusal: Refusal) => void;
  readonly log: Log;
}

export async function openHoldings({ folder, documentsFolder, identity, audience, trustedNow, refused, log }: HoldingsOptions): Promise<Holdings> {
  const documents = openDocumentStore(documentsFolder, log);
  const pointerFile = await openTwoCopies({ folder, name: 'playing', schema: pointerSchema, log });
  const acceptedFile = await openTwoCopies({ folder, name: 'accepted', schema: acceptedSchema, log });

  let root: PinnedRoot | undefined;
  let assignment: { document: Assignment; sha256: string } | undefined;
  let manifest: HeldManifest | undefined;
  let previousFiles: readonly string[] = [];
  let board: (Board & { sha256: string }) | undefined;
  let manifestReason: string | undefined;

  const pointer = () => pointerFile.value ?? nothing;
  const acceptedAll = () => acceptedFile.value ?? { assignments: {}, manifests: {}, snapshots: {} };
  const acceptedOf = (kind: 'assignments' | 'manifests' | 'snapshots', key: string): Accepted | undefined => acceptedAll()[kind][key];
  const raise = async (kind: 'assignments' | 'manifests' | 'snapshots', key: string, version: number, hash: string) => {
    const all = acceptedAll();
    if ((all[kind][key]?.version ?? 0) >= version) return;
    await acceptedFile.write({ ...all, [kind]: { ...all[kind], [key]: { version, sha256: hash } } });
  };
  const judge = () =>
    root ? { root: root.document, audience: assignment?.document.profile.audience ?? audience, verify: verifySignature, assertions } : undefined;
  /** For what comes from a server, not for what is on disk. */
  const judgeNew = () => {
    const judging = judge();
    return judging && { ...judging, heldAudience: assignment?.document.profile.audience, now: trustedNow() };
  };
  const telling = <T extends { ok: true } | Refusal>(verdict: T): T => {
    if (!verdict.ok) refused(verdict);
    return verdict;
  };
  /** Documents that are written and that the pointer does not name yet: they must not be cleared away meanwhile. */
  const arriving = new Set<string>();
  const save = async (envelope: Envelope) => {
    arriving.add(sha256(envelope.payload));
    await documents.save(envelope).catch((fault: unknown) => log.error({ fault: faultText(fault) }, 'a document cannot be kept on disk'));
  };
  const isNamed = (hash: string) => {
    const { assignment: held, manifest: current, previousManifest, snapshot, previousSnapshot } = pointer();
    return [held, current, previousManifest, snapshot, previousSnapshot].includes(hash);
  };
  const prune = () => documents.keepOnly((hash) => isNamed(hash) || arriving.has(hash)).catch(() => undefined);
  const point = async (change: Partial<Pointer>) => {
    await pointerFile.write({ ...pointer(), ...change });
    for (const hash of arriving) if (isNamed(hash)) arriving.delete(hash);
    await prune();
  };

  /** What the pointer names was verified when it was written there. */
  const judgeHeld = () => {
    const judging = judge();
    const named = new Set(Object.values(pointer()));
    return judging && { ...judging, wasVerified: (hash: string) => named.has(hash) };
  };

  const openManifest = async (hash: string | null): Promise<HeldManifest | undefined> => {
    const judging = judgeHeld();
    const envelope = hash && judging ? await documents.read(hash) : undefined;
    if (!envelope || !judging) return undefined;
    const verdict = judgeManifest(envelope, judging, undefined, undefined);
    if (verdict.ok) return { ...verdict.document, sha256: verdict.sha256 };
    log.warn({ manifest: hash, reason: verdict.reason }, 'a manifest on disk does not hold');
    return undefined;
  };

  const openSnapshot = async (hash: string | null) => {
    const judging = judgeHeld();
    const envelope = hash && judging ? await documents.read(hash) : undefined;
    if (!envelope || !judging) return undefined;
    const verdict = judgeSnapshot(envelope, judging, assignment?.document.trial === true, undefined);
    return verdict.ok ? verdict : undefined;
  };

  const open = async () => {
    const { binding } = identity;
    const pinned = binding.root ? readRoot(binding.root, verifySignature) : undefined;
    if (pinned?.ok) root = pinned.root;
    const judging = judgeHeld();
    if (!judging || binding.screen === undefined) return;
    const at = pointer();
    const envelope = at.assignment ? await documents.read(at.assignment) : undefined;
    const verdict = envelope ? judgeAssignment(envelope, judging, binding.screen, undefined) : undefined;
    assignment = verdict?.ok ? verdict : await recoverAssignment(documents, judging, binding.screen);
    manifest = await openManifest(at.manifest);
    const previous = await openManifest(at.previousManifest);
    manifestReason = at.failed?.reason;
    if (!manifest && (at.manifest || at.previousManifest || assignment)) {
      manifest = previous ?? (assignment ? await recoverManifest(documents, judging, assignment.document.channel) : undefined);
      if (at.manifest) manifestReason = 'the current manifest on disk is damaged';
    }
    if (!pointerFile.value && assignment) await pointerFile.write({ ...nothing, assignment: assignment.sha256, manifest: manifest?.sha256 ?? null });
    previousFiles = previous?.manifest.files.map(({ sha256: hash }) => hash) ?? [];
    const snapshot = await openSnapshot(at.snapshot);
    const before = await openSnapshot(at.previousSnapshot);
    if (snapshot) board = { snapshot: snapshot.document, previous: before?.document ?? null, sha256: snapshot.sha256 };
    // What is held was verified once: where the record of it was lost, nothing older is taken all the same.
    if (assignment) await raise('assignments', binding.screen, assignment.document.version, assignment.sha256);
    if (manifest) await raise('manifests', manifest.manifest.channel, manifest.manifest.version, manifest.sha256);
    if (board) await raise('snapshots', board.snapshot.campaign, board.snapshot.number, board.sha256);
  };
  await open();

  return {
    documents,
    get root() {
      return root;
    },
    get assignment() {
      return assignment;
    },
    get manifest() {
      return manifest;
    },
    get board() {
      return board;
    },
    get manifestReason() {
      return manifestReason;
    },
    set manifestReason(reason) {
      manifestReason = reason?.slice(0, 300);
    },
    accepted() {
      const all = acceptedAll();
      const channel = assignment?.document.channel ?? '';
      const screen = identity.binding.screen ?? '';
      return {
        root: root?.document.number ?? 0,
        manifest: all.manifests[channel]?.version ?? 0,
        assignment: all.assignments[screen]?.version ?? 0,
        snapshot: Math.max(0, ...Object.values(all.snapshots).map(({ version }) => version)),
      };
    },
    acceptedHashes() {
      const [manifestHash, assignmentHash] = [
        acceptedOf('manifests', assignment?.document.channel ?? '')?.sha256,
        acceptedOf('assignments', identity.binding.screen ?? '')?.sha256,
      ];
      return { ...(manifestHash === undefined ? {} : { manifest: manifestHash }), ...(assignmentHash === undefined ? {} : { assignment: assignmentHash }) };
    },
    pin(pinned) {
      root = pinned;
    },
    async takeAssignment(envelope) {
      const judging = judgeNew();
      const { screen } = identity.binding;
      if (!judging || screen === undefined) return { ok: false, reason: 'no root is pinned yet' };
      const verdict = telling(judgeAssignment(envelope, judging, screen, acceptedOf('assignments', screen)));
      if (!verdict.ok) return verdict;
      await raise('assignments', screen, verdict.document.version, verdict.sha256);
      assignment = verdict;
      await save(envelope);
      await point({ assignment: verdict.sha256 });
      return { ok: true };
    },
    async takeSnapshot(envelope, previousEnvelope) {
      const judging = judgeNew();
      if (!judging || !assignment) return { ok: false, reason: 'no assignment is held yet' };
      const { trial } = assignment.document;
      // The campaign is read from the document itself; its signature is checked before anything is believed.
      const first = judgeSnapshot(envelope, judging, trial, undefined);
      const verdict = telling(first.ok ? judgeSnapshot(envelope, judging, trial, acceptedOf('snapshots', first.document.campaign)) : first);
      if (!verdict.ok) return verdict;
      if (board?.sha256 === verdict.sha256) return { ok: true };
      const given = previousEnvelope ? judgeSnapshot(previousEnvelope, judging, trial, undefined) : undefined;
      const before = given?.ok && given.document.number < verdict.document.number ? given : undefined;
      // Figures that were put right or taken back are nothing to compare with.
      const held = board && board.snapshot.number < verdict.document.number && !verdict.document.replaces ? board : null;
      const previous = before?.document ?? held?.snapshot ?? null;
      const previousHash = before?.sha256 ?? held?.sha256 ?? null;
      await raise('snapshots', verdict.document.campaign, verdict.document.number, verdict.sha256);
      board = { snapshot: verdict.document, previous, sha256: verdict.sha256 };
      await save(envelope);
      if (before && previousEnvelope) await save(previousEnvelope);
      await point({ snapshot: verdict.sha256, previousSnapshot: previousHash });
      return { ok: true };
    },
    async acceptManifest(envelope) {
      const judging = judgeNew();
      if (!judging || !assignment) return { ok: false, reason: 'no assignment is held yet' };
      const { channel } = assignment.document;
      const verdict = telling(judgeManifest(envelope, judging, channel, acceptedOf('manifests', channel)));
      if (verdict.ok) await raise('manifests', channel, verdict.document.manifest.version, sha256(envelope.payload));
      return verdict;
    },
    async switchTo(envelope, held) {
      await save(envelope);
      const before = manifest;
      manifest = held;
      manifestReason = undefined;
      if (before?.sha256 === held.sha256) {
        await point({ manifest: held.sha256 });
        return;
      }
      previousFiles = before?.manifest.files.map(({ sha256: hash }) => hash) ?? [];
      await point({ manifest: held.sha256, previousManifest: before?.sha256 ?? null, unproven: { sha256: held.sha256, tries: 1 }, failed: null });
    },
    get failed() {
      return pointer().failed;
    },
    get isProven() {
      return manifest === undefined || pointer().unproven?.sha256 !== manifest.sha256;
    },
    get hasPrevious() {
      return pointer().previousManifest !== null;
    },
    async countTry() {
      const { unproven } = pointer();
      if (!unproven) return 0;
      await point({ unproven: { ...unproven, tries: unproven.tries + 1 } });
      return unproven.tries + 1;
    },
    async prove() {
      await point({ unproven: null });
    },
    async takeBack(reason) {
      const taken = manifest;
      const at = pointer();
      manifest = await openManifest(at.previousManifest === taken?.sha256 ? null : at.previousManifest);
      previousFiles = [];
      manifestReason = reason.slice(0, 300);
      const failed = taken ? { sha256: taken.sha256, reason: manifestReason } : at.failed;
      await point({ manifest: manifest?.sha256 ?? null, previousManifest: null, unproven: null, failed });
    },
    async settled() {
      await pointerFile.settled();
      await acceptedFile.settled();
    },
    async forget() {
      [root, assignment, manifest, board, manifestReason, previousFiles] = [undefined, undefined, undefined, undefined, undefined, []];
      await acceptedFile.write({ assignments: {}, manifests: {}, snapshots: {} });
      await point(nothing);
    },
    filesInUse: () => new Set([...(manifest?.manifest.files.map(({ sha256: hash }) => hash) ?? []), ...previousFiles]),
  };
}
