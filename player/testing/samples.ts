// Valid documents for the player's tests: small, complete, easily changed.
import { campaignSchema, type Campaign } from '../../core/campaign.ts';
import type { Assignment, Manifest } from '../../core/manifest.ts';
import type { Item } from '../../core/playlist.ts';
import type { Profile } from '../../core/profile.ts';
import type { RootDocument } from '../../core/root-document.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { SigningKey } from '../ed25519.ts';

export const sampleProfile: Profile = {
  kind: 'lcd',
  pitchMm: 0.63,
  viewport: { x: 0, y: 0, width: 1920, height: 1080 },
  distanceM: { near: 2, far: 6 },
  audience: 'indoor',
  touch: false,
  sound: false,
};

const measure = { id: 'accounts', name: { vi: 'Tài khoản đã tạo' } };
const denominator = { name: { vi: 'Dân số từ đủ 15 tuổi' }, source: 'Số liệu minh họa', asOf: '2024-10-31' };

export const sampleCampaign: Campaign = campaignSchema.parse({
  id: 'plan-311-2024',
  name: { vi: 'Chiến dịch mẫu' },
  plan: '311/KH-UBND',
  zone: 'Asia/Ho_Chi_Minh',
  period: { startDate: '2024-11-01', endDate: '2024-11-30' },
  phases: [],
  tree: 'hanoi-districts',
  measure,
  denominator,
  source: { vi: 'Công an thành phố' },
  speaker: { vi: 'UBND thành phố Hà Nội' },
  links: { ios: { url: '' }, android: { url: '' }, web: { url: 'https://ihanoi.gov.vn' } },
  helpline: { number: '1022', branch: '8' },
  stale: { greyAfterHours: 24, leaveAfterHours: 72 },
});

export function messageItem(id: string, change: Partial<Item> = {}): Item {
  return { id, number: 0, name: id, scene: 'message', props: { heading: { vi: `Mục ${id}` } }, seconds: 10, weight: 1, windows: [], ...change };
}

export function pictureItem(id: string, media: string): Item {
  return messageItem(id, { scene: 'picture', props: { media, alt: { vi: 'Ảnh' } } });
}

export function scoreboardItem(id: string): Item {
  return messageItem(id, { scene: 'scoreboard', props: { title: { vi: 'Kết quả thi đua' } } });
}

export function sampleManifest(items: readonly Item[], change: Partial<Manifest> = {}): Manifest {
  return {
    channel: 'reception',
    version: 1,
    issuedAt: Date.UTC(2026, 10, 1),
    campaign: sampleCampaign,
    layers: [{ share: 1, playlist: { id: 'reception', name: 'Tiếp dân', items: [...items] } }],
    files: [],
    units: [],
    minProtocol: 1,
    ...change,
  };
}

export function sampleAssignment(screen: string, change: Partial<Assignment> = {}): Assignment {
  return {
    screen,
    number: 7,
    version: 1,
    issuedAt: Date.UTC(2026, 10, 1),
    name: 'Màn hình tiếp dân',
    place: '',
    profile: sampleProfile,
    hours: [],
    channel: 'reception',
    state: 'active',
    trial: true,
    manifest: null,
    servers: [],
    ...change,
  };
}

export function sampleSnapshot(number: number, change: Partial<Snapshot> = {}): Snapshot {
  const at = Date.UTC(2026, 10, 20);
  const rows = [{ unit: 'd001', count: 100 * number, base: 1_000 }];
  return {
    campaign: 'plan-311-2024',
    tree: 'hanoi-districts',
    number,
    measure,
    denominator,
    source: { vi: 'Công an' },
    rankBy: 'rate',
    asOf: at,
    cutOff: at,
    issuedAt: at,
    sample: false,
    rows,
    ...change,
  };
}

/** One root key, one key with the roles `content` and `state`. */
export function sampleRoot(root: SigningKey, content: SigningKey, change: Partial<RootDocument> = {}): RootDocument {
  const until = Date.UTC(2060, 0, 1);
  return {
    number: 1,
    serverName: 'Máy chủ thử',
    issuedAt: Date.UTC(2026, 0, 1),
    keys: { [root.id]: root.publicKey, [content.id]: content.publicKey },
    roles: {
      root: { keys: [root.id], threshold: 1 },
      content: { keys: [content.id], thresholds: { traffic: 1, public: 1, indoor: 1 }, until },
      state: { keys: [content.id], threshold: 1, until },
    },
    ...change,
  };
}
