// A campaign that changes for as long as a test needs: every publish brings another picture of its own, so that there is something to download and to switch to.
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { z } from 'zod';
import { publishedSchema, playlistViewSchema, playlistPaths } from '../../../core/playlist-api.ts';
import type { authoredPlaylistSchema } from '../../../core/playlist.ts';
import { root } from '../../support/children.ts';
import type { StaffFetch } from '../../support/staff.ts';

type Authored = z.input<typeof authoredPlaylistSchema>;

export interface ChangingCampaign {
  /** Folder of pictures to start the server with. */
  readonly assets: string;
  /** The playlist of so many turns' worth that names picture number `change`. */
  playlist(change: number): Authored;
  /** Sends the next change and publishes it. @returns the hash of its manifest */
  publish(staff: StaffFetch): Promise<string>;
}

export interface ChangingCampaignOptions {
  readonly folder: string;
  readonly playlist: 'street' | 'reception' | 'kiosk';
  readonly kind: Authored['kind'];
  readonly turnSeconds: number;
  /** Size of every new picture's file. */
  readonly pictureBytes: number;
}

/** A small picture in a large file: what follows a PNG's end is read by nobody, but travels and is hashed. */
function heavyPicture(change: number, bytes: number): Buffer {
  const png = new PNG({ width: 64, height: 36 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([24 + ((change * 37) % 160), 60 + ((at / 4) % 64) * 2, 120, 255], at);
  return Buffer.concat([PNG.sync.write(png), randomBytes(bytes)]);
}

export function changingCampaign({ folder, playlist: id, kind, turnSeconds, pictureBytes }: ChangingCampaignOptions): ChangingCampaign {
  const assets = join(folder, 'assets');
  cpSync(join(root, 'assets'), assets, { recursive: true });
  mkdirSync(join(assets, 'changing'));
  let last = 0;
  const assetOf = (change: number) => `changing/${change}.png`;
  const draw = (change: number) => {
    writeFileSync(join(assets, assetOf(change)), heavyPicture(change, pictureBytes));
    rmSync(join(assets, assetOf(change - 2)), { force: true });
  };
  draw(0);

  const playlist = (change: number): Authored => ({
    ...{ id, name: `Thay đổi ${change}`, kind },
    items: [
      { id: 'mot', name: 'Thông điệp', scene: 'message', seconds: turnSeconds, props: { heading: { vi: `Bản phát hành số ${change}` } } },
      {
        ...{ id: 'tranh', name: 'Tranh', scene: 'picture', seconds: turnSeconds },
        props: { asset: assetOf(change), alt: { vi: 'Tranh cổ động' }, caption: { vi: `Tranh của bản số ${change}` } },
      },
    ],
  });
  return {
    assets,
    playlist,
    async publish(staff) {
      last += 1;
      draw(last);
      const view = playlistViewSchema.parse(await staff('PUT', playlistPaths.playlistFile(id), playlist(last)));
      const { channels } = publishedSchema.parse(await staff('POST', playlistPaths.publish(id), { revision: view.revision }));
      return channels[0]?.sha256 ?? '';
    },
  };
}
