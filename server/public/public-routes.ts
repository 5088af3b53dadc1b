// All pages for the public: the scoreboard, its frame, scan links and the font that they use.
import type { Routes } from '../context.ts';
import { boardRoutes } from './board-routes.ts';
import { fontRoutes } from './fonts.ts';
import { scanRoutes } from './scan-routes.ts';

export const publicRoutes: Routes = (app, context) => {
  boardRoutes(app, context);
  scanRoutes(app, context);
  fontRoutes(app, context);
};
