// The API's document: OpenAPI as JSON, and one page that people can read.
import swagger from '@fastify/swagger';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import type { App } from '../context.ts';
import { wholeDocument, withBytes, type ApiDocument } from './api-document.ts';
import { docsPage, docsStyle } from './docs-page.ts';

/** Before any other route, so that the document lists all of them. */
export async function collectDocs(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'ihanoi-display', version, description: 'Staff API, player HTTP and public addresses of one server.' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'ihanoi_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: (route) => {
      const transformed = createJsonSchemaTransform({})(route);
      const access = route.route.config?.access;
      const security = access === undefined || typeof access === 'string' ? [] : [{ session: [] }, ...(access.scope === undefined ? [] : [{ token: [] }])];
      const schema = withBytes(transformed.schema, route.schema);
      return { ...transformed, schema: { ...schema, security, 'x-access': access } };
    },
  });
}

export function docsRoutes(app: App): void {
  let whole: ApiDocument | undefined;
  const document = () => (whole ??= wholeDocument(app.swagger()));
  app.get(
    '/api/docs/json',
    { config: { access: 'public' }, schema: { summary: 'This document as OpenAPI 3.1', tags: ['docs'], produces: ['application/json'] } },
    () => document(),
  );
  app.get(
    '/api/docs',
    { config: { access: 'public' }, schema: { summary: 'This document as a page', tags: ['docs'], produces: ['text/html'] } },
    (_request, reply) => reply.type('text/html; charset=utf-8').send(docsPage(document())),
  );
  app.get(
    '/api/docs/style.css',
    { config: { access: 'public' }, schema: { summary: 'Style of the page', tags: ['docs'], produces: ['text/css'] } },
    (_request, reply) => reply.type('text/css; charset=utf-8').send(docsStyle),
  );
}
