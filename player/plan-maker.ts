// Makes the plan that the stage runs: the presented turns from now on, with everything they need to be drawn.
import { codeOf } from '../core/links.ts';
import { keptFromTraffic, type RoadsideReason } from '../core/legibility/roadside.ts';
import { whyNoMap, type NoMapReason } from '../core/map/city-map.ts';
import type { Plan, PlanTurn } from '../core/plan.ts';
import { wallCanvas } from '../core/wall.ts';
import { turnsBetween } from '../core/programme.ts';
import type { Profile } from '../core/profile.ts';
import type { Content, Entry } from './content.ts';
import { present, type Spare } from './presentation.ts';

/** The screen's own facts that a plan carries. */
export interface ScreenFacts {
  readonly name: string;
  readonly number: number;
  readonly unit?: string | undefined;
  readonly trial: boolean;
}

export interface PlanRequest {
  readonly content: Content;
  readonly spares: readonly Entry[];
  /** Server's time, now and where the plan may end. */
  readonly from: number;
  readonly until: number;
  readonly blocked: (entry: Entry, start: number, end: number) => string | undefined;
  readonly screen: ScreenFacts;
  readonly profile: Profile;
  readonly clockOffsetMs: number;
}

/** Text of the code that stands on an item, where its scene has one. */
export function codeFor(entry: Pick<Entry, 'item' | 'scene'>, campaign: Content['campaign'], owner: number): string | undefined {
  if (entry.scene?.scene !== 'install') return undefined;
  const { number } = entry.item;
  const { scanHost, links } = campaign;
  // Without two allocated numbers there is no placement to count; the code still installs the app.
  const countable = scanHost !== undefined && owner > 0 && number > 0;
  if (!countable && links.web.url === '') return undefined;
  return codeOf(countable ? campaign : { links }, { owner, item: number });
}

const keptReasons: Readonly<Record<RoadsideReason | NoMapReason, string>> = {
  trafficMotion: 'it moves, and traffic looks at this screen',
  trafficPages: 'it goes on for pages, and traffic looks at this screen',
  mapShapes: 'it is a map, and there are no shapes of the units',
  mapRoom: 'it is a map, and this screen cannot show its units apart',
};

/** Why an entry never shows on a screen of this profile, whatever else holds. */
export function keptFrom(profile: Profile, { item }: Entry, tree: string | undefined): string | undefined {
  const reason = keptFromTraffic(profile, item.scene) ?? whyNoMap(wallCanvas(profile).profile, item, tree);
  return reason && keptReasons[reason];
}

function turnId(start: number, key: string): string {
  return `${start.toString(36)}.${key}`;
}

export interface MadePlan {
  readonly plan: Plan;
  readonly content: Content;
  readonly entryOf: (key: string) => Entry | undefined;
}

export function makePlan({ content, spares, from, until, blocked, screen, profile, clockOffsetMs }: PlanRequest): MadePlan {
  const standIns = new Map(spares.map((entry) => [entry.key, entry]));
  const entryOf = (key: string) => content.entries.get(key) ?? standIns.get(key);
  const asSpares = spares.map(({ key, item }): Spare => ({ key, ms: Math.round(item.seconds * 1_000) }));
  const [first, ...others] = asSpares;
  if (!first) throw new RangeError('a plan needs something to stand in');
  const shown = present(
    turnsBetween(content.compiled, from, until),
    {
      order: [...content.entries.keys()],
      spares: [first, ...others],
      blocked(key, start, end) {
        const entry = entryOf(key);
        return entry ? (keptFrom(profile, entry, content.campaign.tree) ?? blocked(entry, start, end)) : 'not in the manifest';
      },
    },
    from,
    until,
  );
  const turns = shown.map(({ start, end, key, planned }): PlanTurn => ({ id: turnId(start, key), start, end, item: key, ...(planned ? { planned } : {}) }));
  const used = [...new Set(turns.map(({ item }) => item))].flatMap((key) => entryOf(key) ?? []);
  const items = used.map((entry): [string, Plan['items'][string]] => {
    const code = codeFor(entry, content.campaign, screen.number);
    return [entry.key, { scene: entry.item.scene, props: entry.item.props, ...(code === undefined ? {} : { code }) }];
  });
  const { unit, ...named } = screen;
  const plan: Plan = {
    manifest: content.id,
    screen: unit === undefined ? named : { ...named, unit },
    profile,
    campaign: content.campaign,
    units: [...content.units],
    language: 'vi',
    items: Object.fromEntries(items),
    turns,
    media: Object.fromEntries(used.flatMap(({ media }) => media.map((hash) => [hash, `media/${hash}`]))),
    clockOffsetMs,
  };
  return { plan, content, entryOf };
}
