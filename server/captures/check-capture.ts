// Holds a picture of a screen against what should have been on at that instant, where that is one picture of the library, over the whole screen or wall, or beside its caption.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverOf } from '../../core/cover.ts';
import { fits } from '../../core/orders.ts';
import { pictureBox } from '../../core/picture-box.ts';
import { contentOf, type Item } from '../../core/playlist.ts';
import { turnsBetween } from '../../core/programme.ts';
import { wallCanvas } from '../../core/wall.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import type { ServerContext } from '../context.ts';
import { manifestOfScreen } from '../manifests/manifest-of-screen.ts';
import type { Programmes } from '../manifests/programmes.ts';
import { mediaPath } from '../media/media-files.ts';
import { aimedOf } from '../orders/aim.ts';
import { ordersInForce } from '../orders/order-store.ts';
import { usualZone } from '../plays/air-time-store.ts';
import { findScreen, type Screen } from '../screens/screen-store.ts';
import type { Capture } from './capture-store.ts';
import { keepCheck } from './check-store.ts';

/** From here on it is another motif: two of one street, drawn alike, are 0.1 apart. What JPEG, dimming and scaling do stays below 0.02. */
export const otherFrom = 0.06;
/** So close to the change of turns nobody can say which of the two is right: one that was not ready stands a little longer. */
const marginMs = 3_000;
/** Less of a screen than this is too little to know a motif by. */
const leastPart = 0.25;

type Parts = Pick<ServerContext, 'db' | 'filesDir'>;

/** The one item that should be on around an instant; undefined where there are two, or something lies over the programme. */
async function itemOn({ db }: Parts, programmeOf: Programmes, screen: Screen, playing: string | undefined, at: number): Promise<Item | undefined> {
  const manifest = await manifestOfScreen(db, screen);
  const programme = manifest && manifest.sha256 === playing ? await programmeOf(manifest.sha256) : undefined;
  if (!programme || screen.state !== 'active') return undefined;
  const zone = (await currentCampaign(db))?.zone ?? usualZone;
  const here = await aimedOf(db, screen);
  const orders = (await ordersInForce(db, at, at + 1)).flatMap(({ order }) => (fits(order.target, here) ? [order] : []));
  if (coverOf({ orders, hours: screen.hours, zone, now: at })) return undefined;
  const items = new Set(turnsBetween(programme.compiled, at - marginMs, at + marginMs).map(({ item }) => item));
  const [only] = items;
  return items.size === 1 && only !== undefined ? programme.items.get(only) : undefined;
}

/**
 * Keeps what came of it; does nothing where a picture proves nothing.
 * @param playing the manifest that its box says to play: one that is still fetching shows something else rightly, and the list of screens says so
 */
export async function checkCapture(parts: Parts, programmeOf: Programmes, id: string, playing: string | undefined, { takenAt, jpeg }: Capture): Promise<void> {
  const screen = await findScreen(parts.db, id);
  const item = screen && (await itemOn(parts, programmeOf, screen, playing, takenAt));
  const content = item && contentOf(item);
  if (!item || content?.scene !== 'picture') return;
  const { viewport } = screen.profile;
  const { profile, x, y } = wallCanvas(screen.profile);
  // Only who looks at pictures pays for the library that reads them.
  const { distanceFromPlan, seenPart } = await import('./picture-distance.ts');
  const laid = { screen: viewport, box: pictureBox(profile, content.props.caption !== undefined), x, y };
  const seen = seenPart(laid);
  if (seen.width * seen.height < leastPart * viewport.width * viewport.height) return;
  const picture = await readFile(join(parts.filesDir, mediaPath(content.props.media)));
  const distance = await distanceFromPlan(jpeg, picture, content.props.fit, laid);
  if (distance === undefined) return;
  await keepCheck(parts.db, { screen: id, takenAt, item: item.number, same: distance < otherFrom, distance: Math.round(distance * 1_000) });
}
