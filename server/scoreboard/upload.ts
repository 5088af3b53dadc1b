// What came with an upload: a file as multipart or as a bare body, or JSON rows; never more than the limit in memory.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { importJsonSchema } from '../../core/import-api.ts';
import { ApiFailure } from '../api-failure.ts';
import { shownName } from '../http/file-bodies.ts';
import { readFormFile } from './form-file.ts';
import { jsonTable, readFileTable, type ReadOptions, type ReadTable } from './read-table.ts';

const maxUploadBytes = 5 * 2 ** 20;

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** A file of figures as it is, or wrapped by a form: there is room for the frame around it. */
export const figureFiles = {
  types: ['multipart/form-data', 'text/csv', 'text/plain', workbookType, 'application/vnd.ms-excel', 'application/octet-stream'],
  maxBytes: maxUploadBytes + 16 * 2 ** 10,
  tooLarge: 'too-large',
} as const;

export interface Upload {
  readonly file: string;
  readonly read: ReadTable;
  /** Said in a JSON body; a query says it otherwise. */
  readonly cutOff?: string | undefined;
  readonly sample?: boolean | undefined;
  readonly corrects?: number | undefined;
}

const plainName = (name: string | undefined) => shownName(name, 'bang-ket-qua.csv');

async function readForm(body: Uint8Array, contentType: string, options: ReadOptions): Promise<Upload> {
  const file = await readFormFile(body, contentType);
  if (!file) throw new ApiFailure('bad-request', { expected: 'multipart/form-data with one file' });
  return { file: plainName(file.name), read: readFileTable(file.bytes, options) };
}

function readJson(body: unknown): Upload {
  const parsed = importJsonSchema.safeParse(body);
  if (!parsed.success) throw new ApiFailure('bad-request', z.prettifyError(parsed.error));
  const { rows, cutOff, sample, corrects } = parsed.data;
  return { file: 'JSON', read: jsonTable(rows), cutOff, sample, corrects };
}

/** A file that was fetched: JSON rows by its content type, a table otherwise. @throws ApiFailure for JSON that is no rows */
export function readFile(bytes: Uint8Array, contentType: string, name: string, options: ReadOptions): Upload {
  if (!/^application\/json\b/i.test(contentType)) return { file: plainName(name), read: readFileTable(bytes, options) };
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiFailure('import-unreadable', { file: plainName(name) });
  }
  return { ...readJson(body), file: plainName(name) };
}

/** @throws ApiFailure for a body that is neither */
export async function readUpload(request: FastifyRequest, name: string | undefined, options: ReadOptions): Promise<Upload> {
  const { body } = request;
  if (!(body instanceof Uint8Array)) return readJson(body);
  const contentType = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(contentType)) return readForm(body, contentType, options);
  return { file: plainName(name), read: readFileTable(body, options) };
}
