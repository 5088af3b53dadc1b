// The pages' font from the same server: three weights in the two subsets that Vietnamese needs.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ApiFailure } from '../api-failure.ts';
import type { Routes } from '../context.ts';
import { immutable } from '../http/immutable.ts';

const weights = [400, 600, 800] as const;
/** Characters of each subset, as the font's own style sheet gives them. */
const subsets = {
  vietnamese: 'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
} as const;

const files = weights.flatMap((weight) =>
  Object.entries(subsets).map(([subset, range]) => ({ weight, range, file: `be-vietnam-pro-${subset}-${weight}-normal.woff2` })),
);

/** Rules that name the font's files on this server. */
export const fontFaces = files
  .map(
    ({ weight, range, file }) =>
      `@font-face{font-family:'Be Vietnam Pro';font-weight:${weight};font-display:swap;src:url(/public/fonts/${file}) format('woff2');unicode-range:${range}}`,
  )
  .join('\n');

export const fontRoutes: Routes = (app) => {
  app.get('/public/fonts/:file', { config: { access: 'public' }, schema: { params: z.object({ file: z.string() }), hide: true } }, async (request, reply) => {
    const known = files.find(({ file }) => file === request.params.file);
    if (!known) throw new ApiFailure('not-found');
    const path = fileURLToPath(import.meta.resolve(`@fontsource/be-vietnam-pro/files/${known.file}`));
    return reply
      .header('content-type', 'font/woff2')
      .header('cache-control', immutable)
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(readFileSync(path));
  });
};
