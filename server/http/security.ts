// Headers and limits for every answer: what pages may load, and how often one address may ask.
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';

/** Requests a minute from one address; what is named by its hash is not counted. */
const perMinute = 1_200;

export async function secure(app: App): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Svelte sets styles of elements; style sheets come from files.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        // The console frames the stage's preview.
        frameAncestors: ["'self'"],
      },
    },
    // The proxy in front, if any, speaks for HTTPS; a trial has none.
    strictTransportSecurity: false,
  });
  await app.register(rateLimit, { max: perMinute, timeWindow: 60_000, errorResponseBuilder: () => new ApiFailure('too-many-requests') });
}
