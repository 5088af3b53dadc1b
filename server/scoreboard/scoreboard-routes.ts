// All routes of the scoreboard's staff API.
import type { Routes } from '../context.ts';
import { finalRoutes } from './final-routes.ts';
import { historyRoutes } from './history-routes.ts';
import { holdRoutes } from './hold-routes.ts';
import { importRoutes } from './import-routes.ts';
import { objectionRoutes } from './objection-routes.ts';
import { standingRoutes } from './standing-routes.ts';
import { targetRoutes } from './target-routes.ts';

export const scoreboardRoutes: Routes = (app, context) => {
  importRoutes(app, context);
  standingRoutes(app, context);
  historyRoutes(app, context);
  holdRoutes(app, context);
  finalRoutes(app, context);
  objectionRoutes(app, context);
  targetRoutes(app, context);
};
