// What the sums need of a manifest: its campaign, and the number of each of its items. A manifest never changes, so what was read once is kept.
import type { Queries } from '../database/open-database.ts';
import { readManifest } from './manifest-store.ts';

export interface ManifestFacts {
  readonly campaign: string;
  readonly numbers: ReadonlyMap<string, number>;
}

const kept = 128;
const known = new Map<string, ManifestFacts>();

/** Facts of those of the manifests that this server issued; the factory playlist and what a stranger made up have none. */
export async function manifestFacts(db: Queries, manifests: Iterable<string>): Promise<Map<string, ManifestFacts>> {
  const found = new Map<string, ManifestFacts>();
  for (const sha256 of new Set(manifests)) {
    const facts = known.get(sha256) ?? (await readFacts(db, sha256));
    if (!facts) continue;
    found.set(sha256, facts);
    known.delete(sha256);
    known.set(sha256, facts);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
  }
  return found;
}

async function readFacts(db: Queries, sha256: string): Promise<ManifestFacts | undefined> {
  if (sha256.length !== 64) return undefined;
  const manifest = await readManifest(db, sha256);
  if (!manifest) return undefined;
  const items = manifest.layers.flatMap(({ playlist }) => playlist.items);
  return { campaign: manifest.campaign.id, numbers: new Map(items.map(({ id, number }) => [id, number])) };
}
