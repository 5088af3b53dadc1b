// Reads every file of the manifest again and again, slowly: disks forget bits without a word. What is found damaged is fetched anew.
import type { ManifestFile } from '../core/manifest.ts';
import type { FileStore } from './file-store.ts';
import type { MachineClock } from './machine-clock.ts';

export interface PatrolOptions {
  readonly files: Pick<FileStore, 'file' | 'verify'>;
  /** Files of what plays. */
  readonly named: () => readonly ManifestFile[];
  readonly damaged: (file: ManifestFile) => void;
  readonly clock: Pick<MachineClock, 'after'>;
  readonly bytesPerSecond?: number | undefined;
  /** Rest before each round. */
  readonly restMs?: number | undefined;
}

/** A street video of 100 MB takes under two minutes, and no picture is late for it. */
const defaultBytesPerSecond = 2 ** 20;
const defaultRestMs = 3_600_000;

export function startPatrol({ files, named, damaged, clock, bytesPerSecond = defaultBytesPerSecond, restMs = defaultRestMs }: PatrolOptions): { stop(): void } {
  let isStopped = false;
  let cancel = () => {};
  const isOver = () => isStopped;

  const round = async () => {
    for (const file of named()) {
      if (isOver()) return;
      if (files.file(file.sha256) === undefined) continue;
      if (!(await files.verify(file, bytesPerSecond)) && !isOver()) damaged(file);
    }
  };
  const rest = () => {
    if (isOver()) return;
    cancel = clock.after(restMs, () => void round().then(rest, rest));
  };
  rest();
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
