// Many screens at once: looked at row by row, made all or none.
import type { BatchAnswer, BatchFinding } from '../../../core/batch-api.ts';
import { localDay } from '../../../core/campaign.ts';
import type { Profile } from '../../../core/profile.ts';
import { foldName, fullName, type Unit } from '../../../core/units.ts';
import type { Caller } from '../../access.ts';
import { ApiFailure } from '../../api-failure.ts';
import { currentCampaign } from '../../campaigns/campaign-store.ts';
import { findChannel, listChannels } from '../../channels/channel-store.ts';
import { readRules } from '../../channels/channel-rules-store.ts';
import { channelsByRules } from '../../channels/move-screens.ts';
import type { ServerContext } from '../../context.ts';
import { transact, type Queries } from '../../database/open-database.ts';
import { missingSignatures } from '../../manifests/missing-signatures.ts';
import { isInDuty } from '../../people/duty.ts';
import { listUnits, unitsOfTree } from '../../units/unit-store.ts';
import { requireApprovedChannel } from '../approved-channel.ts';
import { issueAssignment } from '../issue-assignments.ts';
import { addScreen, changeScreen, listScreens, setScreenChannel, type Screen } from '../screen-store.ts';
import { readBatch, type BatchRow, type Known } from './read-batch.ts';

async function knownTo(db: Queries, now: number): Promise<Known> {
  const campaign = await currentCampaign(db);
  const today = localDay(now, campaign?.zone ?? 'Asia/Ho_Chi_Minh');
  // The campaign's own units first: a name that they do not know may be one of today's.
  const trees: Unit[][] = [
    campaign ? await unitsOfTree(db, campaign.tree) : [],
    (await listUnits(db)).filter(({ validFrom, validTo }) => validFrom <= today && (validTo === null || validTo >= today)),
  ];
  const channels = new Map((await listChannels(db)).flatMap(({ id, name }) => [id, name].map((text) => [foldName(text), id] as const)));
  return { trees, channels, names: new Set((await listScreens(db)).map(({ name }) => foldName(name))) };
}

const error = (line: number, vi: string, en: string): BatchFinding => ({
  line,
  severity: 'error',
  words: { vi: `Dòng ${line}: ${vi}`, en: `Line ${line}: ${en}` },
});

/** What screens would refuse until approvers have signed it, said once for each channel. */
async function signatureFindings(
  { db, keys }: Pick<ServerContext, 'db' | 'keys'>,
  joining: readonly { channel: string; profile: Profile }[],
): Promise<BatchFinding[]> {
  const missing = missingSignatures(db, keys.root.document);
  const waiting = new Map<string, { name: string; screens: number; needed: number }>();
  for (const { channel, profile } of joining) {
    const { name = channel, manifest } = (await findChannel(db, channel)) ?? {};
    const needed = await missing(manifest?.sha256 ?? null, profile.audience);
    const before = waiting.get(channel) ?? { screens: 0, needed: 0 };
    if (needed > 0) waiting.set(channel, { name, screens: before.screens + 1, needed: Math.max(before.needed, needed) });
  }
  return [...waiting.values()].map(({ name, screens, needed }) => ({
    severity: 'warning',
    words: {
      vi: `${screens} màn hình của kênh “${name}” chiếu danh sách dự phòng cho đến khi ${needed} người duyệt ký nội dung của kênh ở trang “Chờ duyệt”.`,
      en: `${screens} screens of “${name}” play the factory playlist until ${needed} approvers have signed its content on the page “Approvals”.`,
    },
  }));
}

/** What only the server knows: whose the unit is, and what the screen would show at once. */
async function rowTroubles(db: Queries, caller: Caller, row: BatchRow, channel: string): Promise<BatchFinding[]> {
  const findings: BatchFinding[] = [];
  const unit = row.unit ?? caller.unit ?? null;
  if (!(await isInDuty(db, caller, unit))) findings.push(error(row.line, 'đơn vị này ngoài phạm vi của anh/chị.', 'this unit lies outside your own.'));
  try {
    await requireApprovedChannel(db, channel, row.profile);
  } catch (failure) {
    if (!(failure instanceof ApiFailure)) throw failure;
    const name = (await findChannel(db, channel))?.name ?? channel;
    findings.push(
      error(
        row.line,
        `nội dung của kênh “${name}” chưa được hai người duyệt cho ngoài trời.`,
        `what “${name}” plays was not approved by two people for outdoors.`,
      ),
    );
  }
  return findings;
}

async function addRow({ keys, now }: Pick<ServerContext, 'keys' | 'now'>, db: Queries, caller: Caller, row: BatchRow): Promise<Screen> {
  const { name, place, profile, unit, contact, operator, tags, channel, usualChannel } = row;
  const made = await addScreen(db, { name, place, channel: channel ?? usualChannel, profile, trial: false, unit: unit ?? caller.unit ?? null }, now());
  const facts = await changeScreen(db, made.id, made.revision, { ...made, contact, operator, tags });
  if (!facts) throw new Error(`screen ${made.id} was changed while it was made`);
  if (channel !== null) {
    await issueAssignment(db, facts, { keys, at: now() });
    return facts;
  }
  const { rules } = await readRules(db);
  const byRules = (await channelsByRules(db, [{ ...facts, chosenChannel: null }], rules)).get(made.id) ?? usualChannel;
  const moved = await setScreenChannel(db, made.id, byRules, null);
  await issueAssignment(db, moved, { keys, at: now() });
  return moved;
}

export async function makeBatch(context: ServerContext, caller: Caller, csv: string, confirm: boolean): Promise<BatchAnswer> {
  const { db, audit } = context;
  return transact(db, async (trx) => {
    const known = await knownTo(trx, context.now());
    const { rows, findings: read } = readBatch(csv, known);
    const { rules } = await readRules(trx);
    const findings = [...read];
    const joining: { channel: string; profile: Profile }[] = [];
    for (const row of rows) {
      const playing = {
        id: 'new',
        unit: row.unit ?? caller.unit ?? null,
        tags: row.tags,
        channel: row.channel ?? row.usualChannel,
        chosenChannel: row.channel,
      };
      const channel = (await channelsByRules(trx, [{ ...playing, profile: row.profile }], rules)).get('new') ?? row.usualChannel;
      if (known.channels.has(foldName(channel))) {
        findings.push(...(await rowTroubles(trx, caller, row, channel)));
        joining.push({ channel, profile: row.profile });
      } else findings.push(error(row.line, `máy chủ không có kênh “${channel}”: ghi rõ kênh.`, `the server has no channel “${channel}”: name one.`));
    }
    findings.push(...(await signatureFindings({ db: trx, keys: context.keys }, joining)));
    const all = known.trees.flat();
    const nameOf = (code: string | null) => {
      const unit = all.find((each) => each.code === code);
      return unit ? fullName(unit) : code;
    };
    const channelNames = new Map((await listChannels(trx)).map(({ id, name }) => [id, name]));
    const views = rows.map(({ line, name, place, unit, kind, channel, tags, operator }) => ({
      ...{ line, name, place, kind, operator },
      unit: nameOf(unit),
      channel: channel === null ? null : (channelNames.get(channel) ?? channel),
      tags: [...tags],
    }));
    if (!confirm || rows.length === 0 || findings.some(({ severity }) => severity === 'error')) return { rows: views, findings, made: [] };
    const made: string[] = [];
    for (const row of rows) made.push((await addRow(context, trx, caller, row)).id);
    await audit({ who: caller.name, what: 'screen.batch', subject: made[0] ?? '', after: { screens: made, rows: views } }, trx);
    return { rows: views, findings, made };
  });
}
