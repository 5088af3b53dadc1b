// Sends a file to the library part by part. A cut line is waited for, then it goes on where the server says.
import { z } from 'zod';
import { partBytes, type MediaEntry, type Upload } from '../../core/media-api.ts';
import type { Api, ApiFailure, ApiResult } from '../api-client.ts';

export interface Sending {
  readonly api: Pick<Api, 'announceUpload' | 'sendPart' | 'uploadState' | 'finishUpload' | 'dropUpload'>;
  /** Where its entry will be; empty for no folder. */
  readonly folder: string;
  /** Waits before the next try; ends at once when the file is given up. */
  readonly wait: (ms: number) => Promise<void>;
  /** @param watched of a film that is being looked at, 0 to 1 */
  readonly report: (state: 'sending' | 'cut' | 'checking', received: number, watched?: number) => void;
  readonly isGivenUp: () => boolean;
}

const retryMs = 3_000;
const lookMs = 1_000;
const maxIdleLooks = 30;
/** In a row, without one byte more. */
const maxDetours = 5;
const elsewhereSchema = z.object({ received: z.int().min(0) });

const mayComeBack = (failure: ApiFailure) => failure.kind === 'unreachable' || (failure.kind !== 'refused' && failure.status >= 502) || isBusy(failure);
const isBusy = (failure: ApiFailure) => failure.kind === 'refused' && failure.status === 429;

/** @returns the entry; nothing when it was given up */
export async function sendFile(file: File, { api, folder, wait, report, isGivenUp }: Sending): Promise<ApiResult<MediaEntry> | undefined> {
  const announced = { name: file.name.normalize('NFC').slice(0, 200), bytes: file.size, modifiedAt: file.lastModified, folder };
  let received = 0;
  let detours = 0;

  /** Does one call until the line is back. */
  async function untilAnswered<T>(call: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> {
    for (;;) {
      const answer = await call();
      if (answer.ok || isGivenUp() || !mayComeBack(answer.failure)) return answer;
      report('cut', received);
      await wait(retryMs);
    }
  }

  /** Asks now and then how far a film is, until it is known what became of it. */
  async function watching(id: string): Promise<ApiResult<MediaEntry>> {
    for (let idle = 0; ;) {
      // Nothing goes on and nothing came of it: the server was started anew, or the work failed. It is begun again.
      if (idle > maxIdleLooks) {
        const again = await untilAnswered(() => api.finishUpload(id));
        if (!again.ok) return again;
        if ('sha256' in again.value) return { ok: true, value: again.value };
        idle = 0;
      }
      const state = await untilAnswered(() => api.uploadState(id));
      if (!state.ok) return state;
      const { outcome, watched } = state.value;
      if (outcome && 'entry' in outcome) return { ok: true, value: outcome.entry };
      if (outcome) return { ok: false, failure: { kind: 'refused', status: 422, ...outcome.error } };
      idle = watched === null ? idle + 1 : 0;
      report('checking', received, watched ?? undefined);
      await wait(lookMs);
    }
  }

  const begin = () => untilAnswered<Upload>(() => api.announceUpload(announced));
  let upload = await begin();
  while (upload.ok && !isGivenUp()) {
    received = upload.value.received;
    const { id } = upload.value;
    if (received >= file.size) {
      report('checking', received);
      const answer = await api.finishUpload(id);
      const finished: ApiResult<MediaEntry> = !answer.ok ? answer : 'sha256' in answer.value ? { ok: true, value: answer.value } : await watching(id);
      if (finished.ok || !mayComeBack(finished.failure)) return finished;
      report('cut', received);
      await wait(retryMs);
      upload = await begin();
      continue;
    }
    report('sending', received);
    const part = await api.sendPart(id, received, file.slice(received, received + partBytes));
    detours = part.ok ? 0 : detours + 1;
    if (part.ok) {
      upload = part;
    } else if (mayComeBack(part.failure)) {
      report('cut', received);
      await wait(retryMs);
      upload = await begin();
    } else {
      const elsewhere =
        part.failure.kind === 'refused' && part.failure.code === 'upload-elsewhere' ? elsewhereSchema.safeParse(part.failure.details) : undefined;
      if (!elsewhere?.success || detours > maxDetours) return part;
      upload = { ok: true, value: { id, bytes: file.size, received: elsewhere.data.received, watched: null, outcome: null } };
    }
  }
  if (upload.ok) {
    await api.dropUpload(upload.value.id);
    return undefined;
  }
  return isGivenUp() ? undefined : upload;
}
