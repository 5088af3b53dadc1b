// The programmes of manifests, compiled once each, to say what a screen should be showing.
import { compile, turnsBetween, type Compiled } from '../../core/programme.ts';
import type { Manifest } from '../../core/manifest.ts';
import type { Item } from '../../core/playlist.ts';
import type { Queries } from '../database/open-database.ts';
import { readManifest } from './manifest-store.ts';

/** A city has a channel for each kind of place, some dozens in all; each stays compiled. */
const kept = 128;
/** A turn that was not ready lets the one before stand a little longer. */
const toleranceMs = 10_000;

export interface ProgrammeOfManifest {
  readonly manifest: Manifest;
  readonly compiled: Compiled;
  readonly items: ReadonlyMap<string, Item>;
  /** Items on around an instant. */
  itemsAround(instant: number): (string | undefined)[];
}

function programmeOf(manifest: Manifest): ProgrammeOfManifest {
  const compiled = compile(manifest);
  return {
    manifest,
    compiled,
    items: compiled.items,
    itemsAround: (instant) => turnsBetween(compiled, instant - toleranceMs, instant + 1_000).map(({ item }) => item),
  };
}

export type Programmes = (sha256: string) => Promise<ProgrammeOfManifest | undefined>;

export function programmes(db: Queries): Programmes {
  const compiled = new Map<string, ProgrammeOfManifest>();
  return async (sha256) => {
    const known = compiled.get(sha256);
    if (known) return known;
    const manifest = await readManifest(db, sha256);
    if (!manifest) return undefined;
    const programme = programmeOf(manifest);
    const [oldest] = compiled.keys();
    if (compiled.size >= kept && oldest !== undefined) compiled.delete(oldest);
    compiled.set(sha256, programme);
    return programme;
  };
}
