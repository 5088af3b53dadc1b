// All pages of the scoreboard for the public, its frame for other apps, and the font that they use.
import type { Routes } from '../context.ts';
import { boardRoutes } from './board-routes.ts';
import { cardRoutes } from './card-routes.ts';
import { fontRoutes } from './fonts.ts';
import { snapshotPageRoutes } from './snapshot-routes.ts';

export const publicRoutes: Routes = (app, context) => {
  boardRoutes(app, context);
  snapshotPageRoutes(app, context);
  cardRoutes(app, context);
  fontRoutes(app, context);
};
