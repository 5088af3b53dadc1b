// A failure that the caller is told about: its code decides status and words; the error handler writes the answer.
import type { ErrorCode } from '../core/errors.ts';

export class ApiFailure extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, details?: unknown) {
    super(code);
    this.name = 'ApiFailure';
    this.code = code;
    this.details = details;
  }
}
