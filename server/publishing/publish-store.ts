// Publishes that people did: which revision, on whose approval, on which document, as which manifests.
import { z } from 'zod';
import type { Basis, PublishRecord } from '../../core/approval-api.ts';
import { publishedSchema } from '../../core/playlist-api.ts';
import type { Queries } from '../database/open-database.ts';
import type { Published } from '../manifests/publish.ts';
import { readBasis } from './approval-store.ts';

export interface NewPublish {
  readonly playlist: string;
  readonly revision: number;
  readonly at: number;
  readonly person: string;
  readonly author: string;
  readonly approval: string | null;
  readonly basis: Basis | null;
  readonly issued: readonly Published[];
}

export async function addPublish(db: Queries, { basis, issued, ...publish }: NewPublish): Promise<void> {
  await db
    .insertInto('publishes')
    .values({ ...publish, basis: basis === null ? null : JSON.stringify(basis), issued: JSON.stringify(issued) })
    .execute();
}

const issuedSchema = z.array(publishedSchema.shape.channels.element);

/** The latest first. */
export async function publishesOf(db: Queries, playlist: string, most: number): Promise<PublishRecord[]> {
  const rows = await db
    .selectFrom('publishes')
    .leftJoin('approvals', 'approvals.id', 'publishes.approval')
    .select(['publishes.revision', 'publishes.at', 'publishes.author', 'publishes.basis', 'publishes.issued'])
    .select(['approvals.asker_name', 'approvals.approver_name'])
    .where('publishes.playlist', '=', playlist)
    .orderBy('publishes.id', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ revision, at, author, basis, issued, asker_name, approver_name }) => ({
    ...{ revision, at, by: author, asked: asker_name, approved: approver_name },
    ...{ basis: readBasis(basis), channels: issuedSchema.parse(JSON.parse(issued)) },
  }));
}
