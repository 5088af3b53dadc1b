// What a final result says: the same figures as the snapshot in force, that they are final, and the document on which that rests.
import type { Basis } from '../../core/approval-api.ts';
import { formatLocalDate } from '../../core/vietnamese.ts';
import { sha256 } from '../keys/ed25519.ts';
import type { SnapshotDraft, StoredSnapshot } from './snapshot-store.ts';

const mostCharacters = 200;

/** A document in one line, as it stands in the signed result: "12/QĐ-UBND ngày 02/12/2024, UBND thành phố Hà Nội". */
export const basisLine = ({ number, date, office }: Basis): string => `${number} ngày ${formatLocalDate(date)}, ${office}`.slice(0, mostCharacters);

/** What marks a snapshot as the final result. */
export const finalMark = (basis: Basis): Pick<SnapshotDraft, 'final' | 'basis'> => ({ final: true, basis: basisLine(basis) });

export function finalDraft({ snapshot }: StoredSnapshot, basis: Basis): SnapshotDraft {
  const { number: _number, issuedAt: _issuedAt, replaces: _replaces, ...figures } = snapshot;
  return { ...figures, ...finalMark(basis) };
}

/** SHA-256 over exactly what a second person makes final. */
export function finalDigest(inForce: StoredSnapshot, basis: Basis): string {
  const { snapshot } = inForce;
  return sha256(Buffer.from(`ihanoi/1/final\n${JSON.stringify({ draft: finalDraft(inForce, basis), of: snapshot.number, basis })}`));
}
