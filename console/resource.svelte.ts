// Something loaded from the API and kept fresh: calls that come while one is under way are answered by one more.
import type { ApiFailure, ApiResult } from './api-client.ts';

export interface Resource<T> {
  readonly value: T | undefined;
  /** Why the last load failed; the value before it stays. */
  readonly failure: ApiFailure | undefined;
  refresh(): Promise<void>;
  /** Takes a value that the server has just answered elsewhere. */
  take(value: T): void;
}

export function createResource<T>(load: () => Promise<ApiResult<T>>): Resource<T> {
  let value = $state.raw<T | undefined>(undefined);
  let failure = $state.raw<ApiFailure | undefined>(undefined);
  let running: Promise<void> | undefined;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      const answer = await load();
      failure = answer.ok ? undefined : answer.failure;
      if (answer.ok) value = answer.value;
    } while (again);
  }

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    refresh() {
      again = running !== undefined;
      running ??= run().finally(() => (running = undefined));
      return running;
    },
    take(next) {
      value = next;
      failure = undefined;
    },
  };
}
