// A held import as staff see it: compared with what is published now, and what whoever asks may do about it.
import type { HeldView } from '../../core/hold-api.ts';
import { errors, type ErrorCode } from '../../core/errors.ts';
import { isAtLeast, type Caller } from '../access.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { Queries } from '../database/open-database.ts';
import { unitsOfTree } from '../units/unit-store.ts';
import { compareImport, digestOf, holdLines, numberInForce } from './compare-import.ts';
import type { HeldImport } from './hold-store.ts';
import { findImport, type PendingImport } from './import-store.ts';
import { isOwn, whyNotSecond } from './second-person.ts';

const wordsOf = (code: ErrorCode) => ({ vi: errors[code].vi, en: errors[code].en });

async function viewOf(db: Queries, caller: Caller, held: HeldImport, pending: PendingImport, now: number): Promise<HeldView> {
  const { preview } = pending;
  const isWaiting = held.state === 'waiting';
  const compared = isWaiting ? await compareImport(db, pending, held.basis) : undefined;
  const refusal =
    compared && !compared.ok ? compared.reason : isWaiting ? await whyNotSecond(db, caller, held, { sample: preview.sample, now, own: 'hold-own' }) : undefined;
  const standing = compared?.ok ? compared : undefined;
  const inForce = numberInForce(standing?.inForce);
  const zone = (await currentCampaign(db))?.zone ?? 'Asia/Ho_Chi_Minh';
  return {
    ...{
      id: held.import,
      state: held.state,
      file: preview.file,
      sample: preview.sample,
      cutOff: preview.cutOff,
      corrects: preview.corrects ?? null,
      basis: held.basis,
    },
    ...{ units: preview.accepted, count: preview.totals.count, reason: held.reason, asked: { by: held.askerName, at: held.askedAt } },
    ...{ settled: held.settled, snapshot: held.snapshot },
    holds: holdLines(standing?.holds ?? held.holds, await unitsOfTree(db, pending.tree), zone),
    digest: standing ? digestOf(standing, held.reason) : null,
    newer: standing && inForce !== held.comparedWith ? inForce : null,
    may: {
      release: isWaiting && refusal === undefined,
      refuse: isWaiting && isAtLeast(caller.role, 'approver') && caller.unit === undefined,
      withdraw: isWaiting && isOwn(caller, held),
    },
    why: refusal === undefined ? null : wordsOf(refusal),
  };
}

export async function heldView(db: Queries, caller: Caller, held: HeldImport, now: number): Promise<HeldView> {
  const pending = await findImport(db, held.import);
  if (!pending) throw new Error(`the held import ${held.import} is gone`);
  return viewOf(db, caller, held, pending, now);
}
