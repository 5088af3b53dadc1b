// Refuses texts with the character U+0000: no keyboard has it, no office means it, and PostgreSQL cannot hold it.
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';

/** Where in what was sent such a text stands. Bytes of files are no texts. */
function placeOfNul(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return value.includes('\u0000') ? path : undefined;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || 'pipe' in value) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = placeOfNul(inner, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
    if (key.includes('\u0000')) return path;
  }
  return undefined;
}

export function refuseNul(app: App): void {
  app.addHook('preValidation', async ({ method, routeOptions, params, query, body }) => {
    // What everybody reads keeps nothing of what it was asked: a code that was misread still leads to the app.
    if (method === 'GET' && routeOptions.config.access === 'public') return;
    const place = placeOfNul(params, '') ?? placeOfNul(query, '') ?? placeOfNul(body, '');
    if (place !== undefined) throw new ApiFailure('bad-request', [{ path: place.replaceAll('\u0000', '?'), reason: 'a text has the character U+0000' }]);
  });
}
