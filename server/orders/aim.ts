// Which screens an order is for: the same rule that each player checks for itself, held against the screens as they are now.
import type { Signatures } from '../../core/order-api.ts';
import { fits, type Aimed, type Target } from '../../core/orders.ts';
import { approversNeeded, type RootDocument } from '../../core/root-document.ts';
import type { Queries } from '../database/open-database.ts';
import { listScreens, type Screen } from '../screens/screen-store.ts';
import { unitPath } from '../units/unit-path.ts';
import { standingOrders, type StandingOrder } from './order-store.ts';

type Found = Pick<Screen, 'id' | 'unit' | 'profile' | 'operator'>;

export async function aimedOf(db: Queries, { id, unit, profile, operator }: Found): Promise<Aimed> {
  return { screen: id, units: await unitPath(db, unit), profile, operator };
}

/** Screens in service that a target means; one that has no box yet shows nothing. */
export async function screensOf(db: Queries, target: Target): Promise<Screen[]> {
  const found: Screen[] = [];
  for (const screen of await listScreens(db)) {
    if (screen.state === 'active' && screen.publicKey !== null && fits(target, await aimedOf(db, screen))) found.push(screen);
  }
  return found;
}

/** How many approvers have to sign free words to these screens, the most that any of them asks for, and which ones ask. */
export function signaturesFor(root: RootDocument, screens: readonly Screen[]): Signatures {
  const asking = screens.filter(({ profile }) => approversNeeded(root, profile.audience) > 0);
  return { needed: Math.max(0, ...asking.map(({ profile }) => approversNeeded(root, profile.audience))), screens: asking.map(({ name }) => name) };
}

/** How many have to sign an alert that waits: somebody, also where no screen asks for it any more. */
export function peopleToSign(root: RootDocument, screens: readonly Screen[]): number {
  return Math.max(1, signaturesFor(root, screens).needed);
}

/** The orders in force for one screen, numbers rising. */
export async function ordersFor(db: Queries, screen: Found, now: number): Promise<StandingOrder[]> {
  const standing = await standingOrders(db, now);
  if (standing.length === 0) return [];
  const here = await aimedOf(db, screen);
  return standing.filter(({ document }) => fits(document.target, here));
}

/** Whether a target lies within a unit and what is below it, for the screens of now and for those that join later. */
export async function isWithin(db: Queries, unit: string, target: Target, screens: readonly Screen[]): Promise<boolean> {
  for (const screen of screens) if (!(await unitPath(db, screen.unit)).includes(unit)) return false;
  if (target.screens) return true;
  if (!target.units) return false;
  for (const named of target.units) if (!(await unitPath(db, named)).includes(unit)) return false;
  return true;
}
