// The programmes of the manifests in force, compiled once each, to say what a screen should be showing.
import { compile, turnsBetween, type Compiled } from '../../core/programme.ts';
import type { Item } from '../../core/playlist.ts';
import type { Queries } from '../database/open-database.ts';
import { readManifest } from './manifest-store.ts';

const kept = 16;
/** A turn that was not ready lets the one before stand a little longer. */
const toleranceMs = 10_000;

export interface ProgrammeOfManifest {
  readonly items: ReadonlyMap<string, Item>;
  /** Items on around an instant. */
  itemsAround(instant: number): (string | undefined)[];
}

function programmeOf(compiled: Compiled): ProgrammeOfManifest {
  return {
    items: compiled.items,
    itemsAround: (instant) => turnsBetween(compiled, instant - toleranceMs, instant + 1_000).map(({ item }) => item),
  };
}

export function programmes(db: Queries): (sha256: string) => Promise<ProgrammeOfManifest | undefined> {
  const compiled = new Map<string, ProgrammeOfManifest>();
  return async (sha256) => {
    const known = compiled.get(sha256);
    if (known) return known;
    const manifest = await readManifest(db, sha256);
    if (!manifest) return undefined;
    const programme = programmeOf(compile(manifest));
    const [oldest] = compiled.keys();
    if (compiled.size >= kept && oldest !== undefined) compiled.delete(oldest);
    compiled.set(sha256, programme);
    return programme;
  };
}
