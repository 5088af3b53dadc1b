// The rules as two people compare them: each in words with its channel, and what every screen outdoors plays by them.
import { z } from 'zod';
import { channelRuleSchema, type ChannelRule } from '../../core/channel-rules.ts';
import { fullName } from '../../core/units.ts';
import type { Queries } from '../database/open-database.ts';
import { needsTwo } from '../publishing/outdoors.ts';
import { listScreens } from '../screens/screen-store.ts';
import { unitByCode } from '../units/unit-store.ts';
import { channelKinds, readRules } from './channel-rules-store.ts';
import { channelsByRules } from './move-screens.ts';

const documentSchema = z.object({
  list: z.array(channelRuleSchema),
  rules: z.record(z.string(), z.string()),
  /** Channel of each screen outdoors, by its number. */
  screens: z.record(z.string(), z.string()),
});

async function labelOf(db: Queries, { of, subject, channel }: ChannelRule, place: number, kinds: ReadonlyMap<string, string>): Promise<string> {
  const unit = of === 'unit' ? await unitByCode(db, subject) : undefined;
  return `${place}. ${unit ? fullName(unit) : subject} (${kinds.get(channel) ?? '?'})`;
}

/** JSON text; equal texts mean the same rules with the same outcome outdoors. */
export async function rulesText(db: Queries, list: readonly ChannelRule[]): Promise<string> {
  const kinds = await channelKinds(db);
  const rules: Record<string, string> = {};
  for (const [index, rule] of list.entries()) rules[await labelOf(db, rule, index + 1, kinds)] = rule.channel;
  const all = await listScreens(db);
  const channels = await channelsByRules(db, all, list);
  const screens: Record<string, string> = {};
  for (const screen of all)
    if (await needsTwo(db, { ...screen, state: 'active' })) screens[`${screen.number} ${screen.name}`] = channels.get(screen.id) ?? screen.channel;
  return JSON.stringify({ list, rules, screens } satisfies z.input<typeof documentSchema> | { list: readonly ChannelRule[] });
}

/** As the rules stand, with what the screens really play. */
export async function standingRules(db: Queries): Promise<string> {
  const { rules: list } = await readRules(db);
  const document = documentSchema.parse(JSON.parse(await rulesText(db, list)));
  const screens: Record<string, string> = {};
  for (const screen of await listScreens(db)) {
    const key = `${screen.number} ${screen.name}`;
    if (key in document.screens) screens[key] = screen.channel;
  }
  return JSON.stringify({ ...document, screens });
}

export const rulesOfText = (text: string): ChannelRule[] => documentSchema.parse(JSON.parse(text)).list;
/** Whether a screen outdoors would play something else. */
export function movesOutdoors(before: string, after: string): boolean {
  const [old, next] = [before, after].map((text) => documentSchema.parse(JSON.parse(text)).screens);
  return JSON.stringify(old) !== JSON.stringify(next);
}
