// The factory playlist: what plays without any server, made from the files that ship with the product. It always has something to show.
import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { stat } from 'node:fs/promises';
import { campaignSchema, type Campaign } from '../core/campaign.ts';
import { mediaTypes } from '../core/media-types.ts';
import { assetsOf, assetsOfItem, publishedProps, readAuthoredPlaylist, type Item } from '../core/playlist.ts';
import { compileContent, entryOf, type Content, type Entry } from './content.ts';
import { readIfThere } from './durable-file.ts';
import { hashInto } from './hash-tasks.ts';
import { faultText, type Log } from './log.ts';
import type { MediaFile } from './shell.ts';

export interface Factory {
  readonly content: Content;
  /** Only the item that is drawn in code. */
  readonly card: Content;
  /** Its items as stand-ins for another content's; the last one is drawn in code and needs nothing. */
  readonly spares: readonly Entry[];
  readonly media: ReadonlyMap<string, MediaFile>;
}

/** Drawn when nothing else can be: words only, no file. */
const card: Item = {
  id: 'card',
  number: 0,
  name: 'iHanoi',
  scene: 'message',
  props: { heading: { vi: 'iHanoi', en: 'iHanoi' }, body: { vi: 'Công dân Thủ đô số', en: 'Digital citizens of Hà Nội' } },
  seconds: 15,
  weight: 1,
  windows: [],
};

/** The campaign of the card, where the shipped one cannot be read. */
const plainCampaign = campaignSchema.parse({
  id: 'factory',
  name: { vi: 'Công dân Thủ đô số – iHanoi' },
  plan: '-',
  zone: 'Asia/Ho_Chi_Minh',
  period: { startDate: '2024-11-01', endDate: '2024-12-31' },
  phases: [],
  tree: 'none',
  measure: { id: 'none', name: { vi: '-' } },
  denominator: { name: { vi: '-' }, source: '', asOf: '2024-11-01' },
  source: { vi: '-' },
  speaker: { vi: 'UBND thành phố Hà Nội' },
  links: { ios: { url: '' }, android: { url: '' }, web: { url: 'https://ihanoi.gov.vn' } },
  helpline: { number: '1022' },
  stale: { greyAfterHours: 24, leaveAfterHours: 72 },
});

async function readCampaign(playlistsDir: string, log: Log): Promise<Campaign> {
  try {
    const text = await readIfThere(join(playlistsDir, 'campaigns', 'plan-311.json'));
    // Without a screen's number no scan link can be made: codes of the factory playlist carry the install link.
    if (text) return { ...campaignSchema.parse(JSON.parse(text.toString('utf8'))), scanHost: undefined };
  } catch (fault) {
    log.error({ fault: faultText(fault) }, 'the shipped campaign cannot be read');
  }
  return plainCampaign;
}

async function readItems(playlistsDir: string, assetsDir: string, media: Map<string, MediaFile>, log: Log): Promise<Item[]> {
  const hashes = new Map<string, string>();
  try {
    const text = await readIfThere(join(playlistsDir, 'factory.json'));
    const read = readAuthoredPlaylist(text?.toString('utf8') ?? '');
    if (!read.ok) {
      log.error({ problems: read.problems.slice(0, 5) }, 'the factory playlist cannot be read');
      return [];
    }
    for (const { asset } of assetsOf(read.playlist)) {
      const path = join(assetsDir, asset);
      const hash = createHash('sha256');
      const found = await stat(path).then(
        () => hashInto(hash, path),
        () => undefined,
      );
      if (found === undefined) continue;
      const sha256 = hash.digest('hex');
      hashes.set(asset, sha256);
      media.set(sha256, { path, bytes: found, type: mediaTypes[extname(asset)] ?? 'application/octet-stream' });
    }
    return read.playlist.items
      .filter((item) => item.enabled && assetsOfItem(item).every(({ asset }) => hashes.has(asset)))
      .map((item) => {
        const { id, name, scene, seconds, weight, windows } = item;
        return { id, number: 0, name, scene, seconds, weight, windows, props: publishedProps(item, (asset) => hashes.get(asset) ?? '') };
      });
  } catch (fault) {
    log.error({ fault: faultText(fault) }, 'the factory playlist cannot be read');
    return [];
  }
}

export async function loadFactory(playlistsDir: string, assetsDir: string, log: Log): Promise<Factory> {
  const media = new Map<string, MediaFile>();
  const campaign = await readCampaign(playlistsDir, log);
  const items = await readItems(playlistsDir, assetsDir, media, log);
  const contentOf = (shown: Item[]) =>
    compileContent('factory', { campaign, units: [], layers: [{ share: 1, playlist: { id: 'factory', name: 'factory', items: shown } }] });
  const alone = contentOf([card]);
  return {
    content: items.length > 0 ? contentOf(items) : alone,
    card: alone,
    media,
    spares: [...items, card].map((item) => entryOf(`factory:${item.id}`.slice(0, 64), item)),
  };
}
