// Turns every failure into its answer: code, words in both languages, details; faults are logged and never shown.
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { errorBody, errors, type ErrorCode } from '../../core/errors.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';

interface Answer {
  readonly code: ErrorCode;
  readonly details?: unknown;
}

function answerTo(error: FastifyError): Answer {
  if (error instanceof ApiFailure) return { code: error.code, details: error.details };
  if (hasZodFastifySchemaValidationErrors(error)) {
    return {
      code: 'bad-request',
      details: error.validation.map(({ instancePath, message }) => ({ path: instancePath.replace(/^\//, '').replaceAll('/', '.'), reason: message })),
    };
  }
  const { statusCode = 500, code } = error;
  if (statusCode === 413) return { code: 'too-large' };
  if (statusCode === 404) return { code: 'not-found' };
  if (statusCode === 429) return { code: 'too-many-requests' };
  // What Fastify itself refuses: a body that is no JSON, a type that no route takes, a bad URL.
  if (statusCode >= 400 && statusCode < 500) return { code: 'bad-request', details: [{ path: '', reason: code }] };
  return { code: 'internal' };
}

export function answerErrors(app: App): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { code, details } = answerTo(error);
    if (code === 'internal') request.log.error({ err: error, method: request.method, path: request.routeOptions.url }, 'a request failed');
    return reply.code(errors[code].status).header('cache-control', 'no-store').send(errorBody(code, details));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).header('cache-control', 'no-store').send(errorBody('not-found')));
}
