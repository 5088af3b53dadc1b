// Scans of documents, in the database: they are for staff, unlike media, and are in every backup.
import { basisTypes, type Basis, type BasisType } from '../../core/approval-api.ts';
import { ApiFailure } from '../api-failure.ts';
import type { Queries } from '../database/open-database.ts';
import { sha256 } from '../keys/ed25519.ts';

const beginnings: Readonly<Record<BasisType, readonly number[]>> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** By its first bytes, whatever it is called. */
export function basisTypeOf(bytes: Uint8Array): BasisType | undefined {
  return basisTypes.find((type) => beginnings[type].every((byte, index) => bytes[index] === byte));
}

export interface BasisFile {
  readonly sha256: string;
  readonly type: BasisType;
  readonly bytes: Uint8Array;
}

/** The same file twice is kept once. */
export async function keepBasisFile(db: Queries, bytes: Uint8Array, type: BasisType, person: string, now: number): Promise<BasisFile> {
  const hash = sha256(bytes);
  await db
    .insertInto('basis_files')
    .values({ sha256: hash, type, bytes, person, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { sha256: hash, type, bytes };
}

export async function readBasisFile(db: Queries, hash: string): Promise<BasisFile | undefined> {
  return db.selectFrom('basis_files').select(['sha256', 'type', 'bytes']).where('sha256', '=', hash).executeTakeFirst();
}

/** @throws ApiFailure when a document names a scan that was never sent */
export async function requireBasisFile(db: Queries, basis: Basis | undefined): Promise<void> {
  if (basis?.file !== undefined && !(await readBasisFile(db, basis.file))) throw new ApiFailure('basis-missing', [{ path: 'basis.file', reason: basis.file }]);
}
