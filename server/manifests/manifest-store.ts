// Signed manifests, every version that was ever issued.
import { z } from 'zod';
import { manifestSchema, type Manifest } from '../../core/manifest.ts';
import { envelopeSchema, type ApprovalSignature, type Envelope } from '../../core/signed.ts';
import type { Queries } from '../database/open-database.ts';
import type { SignedDocument } from '../keys/keys.ts';

/** A playlist in one of its revisions. */
export interface CarriedRevision {
  readonly playlist: string;
  readonly revision: number;
}

export interface NewManifest {
  readonly channel: string;
  readonly version: number;
  readonly layers: readonly CarriedRevision[];
  /** Ids of the screens for which alone it is; all of the channel when absent. */
  readonly onlyFor?: readonly string[] | undefined;
  readonly issuedAt: number;
  readonly author: string;
}

export async function addManifest(
  db: Queries,
  { sha256, envelope }: SignedDocument,
  { channel, version, layers, onlyFor, issuedAt, author }: NewManifest,
): Promise<void> {
  const carried = { revision: layers[0]?.revision ?? 0, layers: layers.length > 1 ? JSON.stringify(layers) : null };
  const only_for = onlyFor === undefined ? null : JSON.stringify(onlyFor);
  await db
    .insertInto('manifests')
    .values({ sha256, channel, version, ...carried, only_for, envelope: JSON.stringify(envelope), issued_at: issuedAt, author })
    .execute();
}

/** The envelope's JSON text as it is served. */
export async function manifestEnvelope(db: Queries, sha256: string): Promise<string | undefined> {
  return (await db.selectFrom('manifests').select('envelope').where('sha256', '=', sha256).executeTakeFirst())?.envelope;
}

export async function readManifest(db: Queries, sha256: string): Promise<Manifest | undefined> {
  const text = await manifestEnvelope(db, sha256);
  return text === undefined ? undefined : manifestSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text)).payload));
}

export interface IssuedManifest {
  readonly sha256: string;
  readonly version: number;
  /** Revision of the playlist that it carries; of the channel's own where there are several layers. */
  readonly revision: number;
  /** Of each layer; empty where there is one. */
  readonly layers: readonly CarriedRevision[];
  readonly issuedAt: number;
  readonly author: string;
}

const carriedSchema = z.array(z.object({ playlist: z.string(), revision: z.int() }));

/** So many publishes of a channel are looked back over for what was in force. */
const mostIssued = 200;

/** What a screen of a channel had in force at some instant of `[from, until)`, oldest first. */
export async function manifestsInForce(db: Queries, channel: string, screen: string, from: number, until: number): Promise<IssuedManifest[]> {
  const rows = await db
    .selectFrom('manifests')
    .select(['sha256', 'version', 'revision', 'layers', 'issued_at as issuedAt', 'author'])
    .where('channel', '=', channel)
    .where('issued_at', '<', until)
    .where((eb) => eb.or([eb('only_for', 'is', null), eb('only_for', 'like', `%"${screen}"%`)]))
    .orderBy('version', 'desc')
    .limit(mostIssued)
    .execute();
  const before = rows.findIndex(({ issuedAt }) => issuedAt <= from);
  const known = (before === -1 ? rows : rows.slice(0, before + 1)).reverse();
  return known.map((row) => ({ ...row, layers: row.layers === null ? [] : carriedSchema.parse(JSON.parse(row.layers)) }));
}

/** Adds an approver's signature; the document and its hash stay as they are. */
export async function addApprovalSignature(db: Queries, sha256: string, approval: ApprovalSignature): Promise<Envelope> {
  const envelope = envelopeSchema.parse(JSON.parse((await manifestEnvelope(db, sha256)) ?? 'null'));
  const signed = { ...envelope, approvals: [...(envelope.approvals ?? []), approval] };
  await db
    .updateTable('manifests')
    .set({ envelope: JSON.stringify(signed) })
    .where('sha256', '=', sha256)
    .execute();
  return signed;
}

/** Every manifest that approvers have signed, oldest first. */
export async function approvedManifests(db: Queries): Promise<{ channel: string; version: number; sha256: string; envelope: Envelope }[]> {
  const rows = await db
    .selectFrom('manifests')
    .select(['channel', 'version', 'sha256', 'envelope'])
    .where('envelope', 'like', '%"approvals":[%')
    .orderBy('issued_at')
    .orderBy('channel')
    .execute();
  return rows.map(({ envelope, ...row }) => ({ ...row, envelope: envelopeSchema.parse(JSON.parse(envelope)) })).filter(({ envelope }) => envelope.approvals);
}
