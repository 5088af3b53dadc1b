// A screen as the console shows it: its facts, its condition, and the name of what it really shows.
import { type ScreenView, screenPaths } from '../../core/screen-api.ts';
import type { Warning } from '../../core/warnings.ts';
import { coverOf } from '../../core/cover.ts';
import { captureTimes } from '../captures/capture-store.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { readRules } from '../channels/channel-rules-store.ts';
import { listChannels, type Channel } from '../channels/channel-store.ts';
import { channelsByRules } from '../channels/move-screens.ts';
import type { ServerContext } from '../context.ts';
import { issuedManifest } from '../manifests/manifest-of-screen.ts';
import { missingSignatures, type MissingSignatures } from '../manifests/missing-signatures.ts';
import { programmes } from '../manifests/programmes.ts';
import { ordersFor } from '../orders/aim.ts';
import { lastOrderAt } from '../orders/order-store.ts';
import type { LivePlayers } from '../players/players.ts';
import { conditionOf } from './condition.ts';
import { findScreen, listScreens, reportOf, type Screen } from './screen-store.ts';

export interface ScreenViews {
  all(): Promise<ScreenView[]>;
  one(id: string): Promise<ScreenView | undefined>;
}

/** What is the same for all screens of one answer. */
interface Common {
  readonly zone: string;
  readonly orderedAt: number;
  readonly missing: MissingSignatures;
  /** By screen. */
  readonly ruled: ReadonlyMap<string, string>;
}

export function screenViews({ db, keys, now }: Pick<ServerContext, 'db' | 'keys' | 'now'>, players: LivePlayers): ScreenViews {
  const programmeOf = programmes(db);

  const warningsOf = (screen: string, reported: readonly Warning[]): Warning[] => {
    const since = players.twoPlayersSince(screen);
    return since === undefined ? [...reported] : [{ code: 'two-players', since }, ...reported];
  };

  const coverFor = async (screen: Screen, zone: string) => {
    const orders = (await ordersFor(db, screen, now())).map(({ document }) => document);
    return coverOf({ orders, hours: screen.hours, zone, now: now() });
  };

  async function view(
    screen: Screen,
    channel: Channel | undefined,
    takenAt: number | undefined,
    { zone, orderedAt, missing, ruled }: Common,
  ): Promise<ScreenView> {
    const { id, number, name, place, unit, trial, profile, hours, state, publicKey, plays } = screen;
    const live = players.live(id);
    const report = live?.health?.report ?? reportOf(screen);
    const first = screen.canary === null ? undefined : await issuedManifest(db, screen.canary);
    const manifest = first ?? channel?.manifest ?? null;
    const programme = manifest ? await programmeOf(manifest.sha256) : undefined;
    const shown = report?.shows ? await programmeOf(report.shows.manifest) : undefined;
    const facts = {
      state,
      hours,
      zone,
      manifest,
      cover: await coverFor(screen, zone),
      orderedAt,
      paired: publicKey !== null,
      connectedAt: live?.connectedAt,
      health: live?.health,
    };
    return {
      ...{
        id,
        number,
        name,
        place,
        unit,
        trial,
        profile,
        plays,
        hours: [...hours],
        ...{ contact: screen.contact, operator: screen.operator, tags: [...screen.tags], revision: screen.revision },
        channel: screen.channel,
        channelByRules: screen.chosenChannel === null,
        channelOfRules: ruled.get(id) ?? screen.channel,
        playlist: channel?.playlist ?? screen.channel,
        playlists: (channel?.layers ?? []).map(({ playlist }) => playlist),
      },
      condition: conditionOf({ ...facts, itemsAround: (instant) => programme?.itemsAround(instant) ?? [] }, now()),
      connected: live !== undefined,
      lastSeenAt: live ? (live.health?.at ?? live.connectedAt) : screen.lastSeenAt,
      manifest: manifest && { sha256: manifest.sha256, version: manifest.version },
      health: report,
      awaits: await missing(manifest?.sha256 ?? null, profile.audience),
      warnings: warningsOf(id, report?.warnings ?? []),
      showing: report?.shows ? (shown?.items.get(report.shows.item)?.name ?? report.shows.item) : null,
      capture: takenAt === undefined ? null : { takenAt, url: `${screenPaths.capture(id)}?at=${takenAt}` },
    };
  }

  async function viewAll(screens: readonly Screen[]): Promise<ScreenView[]> {
    const channels = new Map((await listChannels(db)).map((channel) => [channel.id, channel]));
    const { rules } = await readRules(db);
    const ofRules = screens.map((screen) => ({ ...screen, chosenChannel: null }));
    const common: Common = {
      zone: (await currentCampaign(db))?.zone ?? 'Asia/Ho_Chi_Minh',
      orderedAt: await lastOrderAt(db),
      missing: missingSignatures(db, keys.root.document),
      ruled: rules.length === 0 ? new Map() : await channelsByRules(db, ofRules, rules),
    };
    const times = await captureTimes(db);
    return Promise.all(screens.map((screen) => view(screen, channels.get(screen.channel), times.get(screen.id), common)));
  }

  return {
    all: async () => viewAll(await listScreens(db)),
    async one(id) {
      const screen = await findScreen(db, id);
      return screen && (await viewAll([screen]))[0];
    },
  };
}
