// All pages of the scoreboard for the public, its frame for other apps, and the font that they use.
import type { Routes } from '../context.ts';
import { boardRoutes } from './board-routes.ts';
import { fontRoutes } from './fonts.ts';

export const publicRoutes: Routes = (app, context) => {
  boardRoutes(app, context);
  fontRoutes(app, context);
};
