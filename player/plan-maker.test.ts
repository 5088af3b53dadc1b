import { expect, test } from 'vitest';
import { planSchema } from '../core/plan.ts';
import { compileContent, entryOf } from './content.ts';
import { codeFor, makePlan } from './plan-maker.ts';
import { messageItem, sampleCampaign, sampleManifest, sampleProfile } from './testing/samples.ts';

const words = { vi: 'x' };
const install = (number: number) => messageItem('install', { number, scene: 'install', props: { lead: words, call: words, steps: [words, words, words] } });
const from = Date.UTC(2026, 10, 24, 5);

function planOf(
  items: Parameters<typeof sampleManifest>[0],
  blocked: (key: string) => string | undefined = () => undefined,
  profile = sampleProfile,
  tree = sampleCampaign.tree,
) {
  const manifest = sampleManifest(items);
  const content = compileContent('a'.repeat(64), { ...manifest, campaign: { ...manifest.campaign, tree } });
  const spares = [entryOf('factory:card', messageItem('card'))];
  const screen = { name: 'Màn hình', number: 7, trial: true };
  return makePlan({ content, spares, from, until: from + 900_000, blocked: ({ key }) => blocked(key), screen, profile, clockOffsetMs: 0 }).plan;
}

test('makes a plan that the stage can read, with every item that its turns name and no other', () => {
  const plan = planSchema.parse(planOf([install(3), messageItem('b'), messageItem('c')], (key) => (key === 'c' ? 'no' : undefined)));
  expect(Object.keys(plan.items).sort()).toEqual(['b', 'install']);
  expect(new Set(plan.turns.map(({ item }) => item))).toEqual(new Set(['b', 'install']));
});

test('leaves videos and stories out where traffic looks, says why, and shows them everywhere else', () => {
  const story = messageItem('story', { scene: 'story', props: { kicker: words, pages: [{ heading: words }, { heading: words }] } });
  const video = messageItem('video', { scene: 'video', props: { media: 'a'.repeat(64), poster: 'b'.repeat(64), alt: words } });
  const items = [messageItem('still'), story, video];
  const beside = (audience: 'traffic' | 'public' | 'indoor') => planOf(items, undefined, { ...sampleProfile, audience });
  const street = beside('traffic');
  expect(new Set(street.turns.map(({ item }) => item))).toEqual(new Set(['still']));
  const reasons = new Map(street.turns.flatMap(({ planned }) => (planned ? [[planned.item, planned.reason]] : [])));
  expect(reasons).toEqual(
    new Map([
      ['story', 'it goes on for pages, and traffic looks at this screen'],
      ['video', 'it moves, and traffic looks at this screen'],
    ]),
  );
  for (const audience of ['public', 'indoor'] as const) {
    expect(new Set(beside(audience).turns.map(({ item }) => item))).toEqual(new Set(['still', 'story', 'video']));
  }
});

test('leaves a map out where the units have no shapes or the screen no room for them, and says why', () => {
  const map = messageItem('map', { scene: 'scoreboard', props: { title: words, view: 'map' } });
  const indoor = { ...sampleProfile, kind: 'lcd' as const, audience: 'indoor' as const, pitchMm: 0.6, viewport: { x: 0, y: 0, width: 1920, height: 1080 } };
  const reasons = (profile: typeof sampleProfile, tree: string) => {
    const plan = planOf([messageItem('still'), map], undefined, profile, tree);
    return new Set(plan.turns.flatMap(({ planned }) => (planned ? [`${planned.item}: ${planned.reason}`] : [])));
  };
  expect(reasons(indoor, 'hanoi-communes-2025')).toEqual(new Set());
  expect(reasons(indoor, 'hanoi-districts')).toEqual(new Set(['map: it is a map, and there are no shapes of the units']));
  expect(reasons({ ...indoor, audience: 'traffic' }, 'hanoi-communes-2025')).toEqual(
    new Set(['map: it is a map, and this screen cannot show its units apart']),
  );
});

test('covers the asked time without hole or overlap, each turn with a name of its own', () => {
  const { turns } = planOf([messageItem('a'), messageItem('b')]);
  expect(turns[0]?.start).toBeLessThanOrEqual(from);
  expect(turns.at(-1)?.end).toBeGreaterThanOrEqual(from + 900_000);
  turns.slice(1).forEach(({ start }, index) => expect(start).toBe(turns[index]?.end));
  expect(new Set(turns.map(({ id }) => id)).size).toBe(turns.length);
});

test('calls a turn otherwise when something else stands in for it', () => {
  const [planned] = planOf([messageItem('a'), messageItem('b')]).turns;
  const [shown] = planOf([messageItem('a'), messageItem('b')], (key) => (key === planned?.item ? 'no' : undefined)).turns;
  expect([shown?.start, shown?.end]).toEqual([planned?.start, planned?.end]);
  expect(shown?.id).not.toBe(planned?.id);
});

test('puts a countable link on a code where numbers and scan host are known, else the link of the campaign', () => {
  const counted = { ...sampleCampaign, scanHost: 'quet.hanoi.gov.vn' };
  const entry = (number: number) => entryOf('install', install(number));
  expect(codeFor(entry(3), counted, 7)).toMatch(/^HTTPS:\/\/QUET\.HANOI\.GOV\.VN\/Q\/[0-9A-Z]{9}$/);
  expect(codeFor(entry(0), counted, 7)).toBe('HTTPS://IHANOI.GOV.VN');
  expect(codeFor(entry(3), counted, 0)).toBe('HTTPS://IHANOI.GOV.VN');
  expect(codeFor(entry(3), sampleCampaign, 7)).toBe('HTTPS://IHANOI.GOV.VN');
  expect(codeFor(entryOf('b', messageItem('b')), counted, 7)).toBeUndefined();
});
