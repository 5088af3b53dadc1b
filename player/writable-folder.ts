// Where a browser keeps its profile: its own folder, or, on a disk that can no longer be written, a new one among the system's temporary files, so that the screen comes up all the same.
import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WritableFolder {
  readonly path: string;
  /** Whoever asked removes it again. */
  readonly isTemporary: boolean;
}

/** @throws when nothing can be written for temporary files either */
export function writableFolder(wanted: string): WritableFolder {
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return { path: wanted, isTemporary: false };
  } catch {
    return { path: mkdtempSync(join(tmpdir(), 'ihanoi-display-')), isTemporary: true };
  }
}
