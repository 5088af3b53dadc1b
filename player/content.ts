// What can be played: a manifest or the factory playlist, compiled, with each item read once.
import type { Campaign } from '../core/campaign.ts';
import type { Manifest } from '../core/manifest.ts';
import { contentOf, type Item } from '../core/playlist.ts';
import { compile, programmeAt, type Compiled } from '../core/programme.ts';
import { mediaOf, type SceneContent } from '../core/scenes.ts';
import type { Unit } from '../core/units.ts';
import { sha256 } from './ed25519.ts';

/** An item as a plan names it. */
export interface Entry {
  /** Key in the plan: the item's id, or `factory:` and its id for one that stands in from the factory playlist. */
  readonly key: string;
  readonly item: Item;
  /** What the stage draws; absent when this build cannot. */
  readonly scene: SceneContent | undefined;
  readonly media: readonly string[];
  /** Changes when what is shown changes; a quarantine holds for this. */
  readonly mark: string;
}

export interface Content {
  /** Hash of the manifest, or `factory`. */
  readonly id: string;
  readonly campaign: Campaign;
  readonly units: readonly Unit[];
  readonly compiled: Compiled;
  readonly entries: ReadonlyMap<string, Entry>;
}

export function entryOf(key: string, item: Item): Entry {
  const scene = contentOf(item);
  return { key, item, scene, media: scene ? mediaOf(scene) : [], mark: sha256(JSON.stringify([item.scene, item.props])) };
}

/** @throws RangeError when the campaign's zone or its windows cannot be read */
export function compileContent(id: string, { layers, campaign, units }: Pick<Manifest, 'layers' | 'campaign' | 'units'>): Content {
  const compiled = compile({ layers, campaign });
  // A programme that fails for any instant fails for this one: zone and windows are read here.
  programmeAt(compiled, Date.UTC(2026, 0, 1));
  const entries = new Map([...compiled.items].map(([key, item]) => [key, entryOf(key, item)]));
  return { id, campaign, units, compiled, entries };
}
