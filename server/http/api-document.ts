// The API's document made whole: what is no JSON is named by its type, and every route says what its failures look like.
import { z } from 'zod';
import { errors } from '../../core/errors.ts';

const bytes = { type: 'string', format: 'binary' } as const;

interface RouteWords {
  readonly consumes?: readonly string[] | undefined;
  readonly produces?: readonly string[] | undefined;
}

/** JSON Schemas of a route as the document needs them: bodies and answers that are no JSON have none of their own. */
export function withBytes<Schema extends object>(schema: Schema, { consumes, produces }: RouteWords): Schema {
  const body = consumes ? { body: bytes } : {};
  const response = produces ? { response: { 200: { description: 'The file or page', ...bytes } } } : {};
  return { ...schema, ...body, ...response };
}

/** What every route answers when it does not do what was asked for. */
const failure = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'vi', 'en'],
      properties: {
        code: { type: 'string', enum: Object.keys(errors) },
        vi: { type: 'string', description: 'What to do, in Vietnamese' },
        en: { type: 'string', description: 'The same in English' },
        details: { description: 'What is wrong with which field, where there is more to say' },
      },
    },
  },
};
const failures = { Failure: { description: 'Refused, and why', content: { 'application/json': { schema: failure } } } };

export const operationSchema = z.looseObject({
  summary: z.string(),
  tags: z.array(z.string()).default(['other']),
  'x-access': z.string().or(z.looseObject({ role: z.string(), scope: z.string().optional(), within: z.string().optional() })),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: z.record(z.string(), z.unknown()) }))
    .default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()) })) }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.record(z.string(), z.unknown()) })).optional() })),
});
export type Operation = z.infer<typeof operationSchema>;
const documentSchema = z.looseObject({
  components: z.looseObject({}).default({}),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});
export type ApiDocument = z.infer<typeof documentSchema>;

export interface ListedOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

export function operationsOf({ paths }: ApiDocument): ListedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
}

/** @throws ZodError when a route has no summary, no access or no answer */
export function readApiDocument(document: unknown): ApiDocument {
  return documentSchema.parse(document);
}

/** The document as it is served: with the failure of every route. */
export function wholeDocument(document: unknown): ApiDocument {
  const read = readApiDocument(document);
  for (const { operation } of operationsOf(read)) operation.responses['default'] ??= { $ref: '#/components/responses/Failure' };
  return { ...read, components: { ...read.components, responses: failures } };
}
