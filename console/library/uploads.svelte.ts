// The files that are on their way from this page, one after the other.
import type { MediaEntry } from '../../core/media-api.ts';
import type { Api, ApiFailure } from '../api-client.ts';
import { sendFile } from './send-file.ts';

export type UploadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' | 'cut' | 'checking'; readonly percent: number; readonly isFilm?: boolean }
  | { readonly kind: 'done'; readonly entry: MediaEntry; readonly known: boolean }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export interface PageUpload {
  readonly id: number;
  readonly file: File;
  readonly state: UploadState;
}

const percentOf = (received: number, size: number) => (size === 0 ? 100 : Math.floor((100 * received) / size));

/** @param isKnown whether the library held an entry before @param folder where a new entry will be */
export function createUploads(api: Api, isKnown: (sha256: string) => boolean, folder: () => string, onDone: () => void) {
  let list = $state.raw<readonly PageUpload[]>([]);
  let last = 0;
  let running = false;
  let wake: () => void = () => undefined;

  const set = (id: number, state: UploadState) => (list = list.map((each) => (each.id === id ? { ...each, state } : each)));
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function send({ id, file }: PageUpload): Promise<void> {
    set(id, { kind: 'sending', percent: 0 });
    const answer = await sendFile(file, {
      api,
      folder: folder(),
      wait,
      report: (kind, received, watched) =>
        set(id, { kind, percent: percentOf(watched ?? received, watched === undefined ? file.size : 1), ...(watched === undefined ? {} : { isFilm: true }) }),
      // Its line was taken away.
      isGivenUp: () => list.every((each) => each.id !== id),
    });
    if (answer?.ok) set(id, { kind: 'done', entry: answer.value, known: isKnown(answer.value.sha256) });
    else if (answer) set(id, { kind: 'failed', failure: answer.failure });
    if (answer?.ok) onDone();
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let next = list.find(({ state }) => state.kind === 'waiting'); next; next = list.find(({ state }) => state.kind === 'waiting')) await send(next);
    running = false;
  }

  return {
    get list(): readonly PageUpload[] {
      return list;
    },
    add(files: readonly File[]): void {
      list = [...list, ...files.map((file) => ({ id: (last += 1), file, state: { kind: 'waiting' as const } }))];
      void run();
    },
    again(id: number): void {
      set(id, { kind: 'waiting' });
      void run();
    },
    /** Gives a file up, or takes its line away when it is done. */
    remove(id: number): void {
      list = list.filter((each) => each.id !== id);
      wake();
    },
  };
}
export type Uploads = ReturnType<typeof createUploads>;
