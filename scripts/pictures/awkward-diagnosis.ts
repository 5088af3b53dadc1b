// A box with much to say of itself.
import type { Diagnosis } from '../../core/technician.ts';

export function awkwardDiagnosis(now: number): Diagnosis {
  const since = now - 3_600_000;
  const shown = { item: 'install', scene: 'install', turn: 'shot', manifest: 'c0ffee'.padEnd(64, '0'), since };
  return {
    number: 1_234,
    name: 'Bộ phận Một cửa phường Văn Miếu – Quốc Tử Giám',
    server: null,
    addresses: ['eth0 192.168.100.120', 'wlan0 10.20.30.40'],
    health: {
      ...{ at: now, state: 'playing', shows: shown, shouldShow: { item: 'install', turn: 'shot' }, lastFrameAt: now },
      manifest: { playing: shown.manifest, accepted: 42 },
      ...{ snapshot: 12, memory: { pageHeapBytes: 41e6, playerRssBytes: 128e6 }, clock: { offsetMs: -73_412, trusted: false } },
      journal: { chain: '00000000-0000-4000-8000-000000000000', last: 9_812, pending: 412 },
      quarantined: [{ item: 'phim-gioi-thieu', reason: 'the video stands still', since }],
      warnings: [
        { code: 'disk-tight', since },
        { code: 'clock-off', since, detail: '73 s' },
      ],
      disk: { freeBytes: 3.2e9, totalBytes: 32e9 },
      ...{ board: { celsius: 71.4, throttled: false }, viewport: { width: 1_920, height: 1_080 }, startedAt: now - 86_400_000 },
      ...{ player: '1.0.0', shell: 'electron 43.1.0' },
    },
  };
}
