import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { campaignSchema } from '../../core/campaign.ts';
import { planSchema } from '../../core/plan.ts';
import { findingsOf, readingOf, type Wall } from './item-check.ts';
import { newItem } from './new-item.ts';
import { problemsOfItem } from '../../core/playlist-draft.ts';
import { sceneNames } from '../../core/scenes.ts';
import { previewPlan } from './preview-plan.ts';

const shipped = new URL('../../playlists/campaigns/', import.meta.url);
const campaign = campaignSchema.parse(JSON.parse(readFileSync(new URL('plan-311.json', shipped), 'utf8')));
const street: Wall = {
  name: 'LED nút giao',
  number: 7,
  profile: {
    ...{ kind: 'led', pitchMm: 10, viewport: { x: 0, y: 0, width: 960, height: 576 }, distanceM: { near: 15, far: 60 }, audience: 'traffic' },
    ...{ touch: false, sound: false },
  },
};
const message = { ...newItem('message', 'tin', 'Tin'), props: { heading: { vi: 'Sáu chữ để đọc thôi' } } };
const around = { manifest: 'factory', campaign, units: [] };
const at = { now: 1_000, serial: 3, language: 'vi', code: undefined } as const;

describe('the plan of a preview', () => {
  it('is one that the stage takes, with turns of the item’s seconds', () => {
    const plan = planSchema.parse(previewPlan(message, street, around, at));
    expect(plan.turns[1]).toMatchObject({ start: 13_000, end: 25_000 });
    expect(plan.profile).toEqual(street.profile);
  });

  it('is none while something is missing', () => {
    expect(previewPlan(newItem('message', 'tin', 'Tin'), street, around, at)).toBeUndefined();
  });

  it('names where the picture lies', () => {
    const media = 'a'.repeat(64);
    const plan = previewPlan({ ...message, scene: 'picture', props: { media, alt: { vi: 'Ảnh' } } }, street, around, at);
    expect(plan?.media).toEqual({ [media]: `/media/${media}` });
  });
});

describe('an item while it is written', () => {
  it('is judged by the engine that the server refuses by', () => {
    expect(findingsOf(message, [street], campaign, undefined)).toEqual([]);
    const [first] = findingsOf({ ...message, seconds: 5 }, [street], campaign, undefined);
    expect(first).toMatchObject({ rule: 'trafficDwellSeconds', severity: 'error', screens: ['LED nút giao'], item: 'tin' });
    expect(findingsOf(newItem('message', 'tin', 'Tin'), [street], campaign, undefined)).toEqual([]);
  });

  it('says how much there is to read, and how much can be read', () => {
    expect(readingOf(message, [street])).toEqual({ syllables: 5, most: 12 });
    expect(readingOf({ ...message, seconds: 4 }, [street])).toEqual({ syllables: 5, most: 8 });
    expect(readingOf(newItem('clock', 'gio', 'Giờ'), [street])).toBeUndefined();
  });
});

it.each(sceneNames)('a new item of the scene %s lacks only what its form asks for', (scene) => {
  const missing = problemsOfItem(newItem(scene, 'moi', 'Mới')).map(({ path }) => path);
  const asked: Readonly<Record<string, readonly string[]>> = {
    message: ['props.heading.vi'],
    picture: ['props.media', 'props.alt.vi'],
    video: ['props.media', 'props.poster', 'props.alt.vi'],
    story: ['props.kicker.vi', 'props.pages[0].heading.vi', 'props.pages[1].heading.vi'],
  };
  expect([...missing].sort()).toEqual([...(asked[scene] ?? [])].sort());
});
