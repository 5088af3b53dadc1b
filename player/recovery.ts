// When both copies of the pointer are lost: the newest documents on disk that still verify.
import type { Assignment } from '../core/manifest.ts';
import type { DocumentStore } from './document-store.ts';
import { judgeAssignment, judgeManifest, type HeldManifest, type Judge } from './verdict.ts';

export async function recoverAssignment(documents: DocumentStore, judge: Judge, screen: string): Promise<{ document: Assignment; sha256: string } | undefined> {
  let best: { document: Assignment; sha256: string } | undefined;
  for (const hash of await documents.hashes()) {
    const envelope = await documents.read(hash);
    const verdict = envelope ? judgeAssignment(envelope, judge, screen, undefined) : undefined;
    if (verdict?.ok && (!best || verdict.document.version > best.document.version)) best = verdict;
  }
  return best;
}

export async function recoverManifest(documents: DocumentStore, judge: Judge, channel: string): Promise<HeldManifest | undefined> {
  let best: HeldManifest | undefined;
  for (const hash of await documents.hashes()) {
    const envelope = await documents.read(hash);
    const verdict = envelope ? judgeManifest(envelope, judge, channel, undefined) : undefined;
    if (verdict?.ok && (!best || verdict.document.manifest.version > best.manifest.version)) best = { ...verdict.document, sha256: verdict.sha256 };
  }
  return best;
}
