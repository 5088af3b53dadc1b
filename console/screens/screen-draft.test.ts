import { expect, it } from 'vitest';
import { profileSchema } from '../../core/profile.ts';
import { profileDraft, sentProfile } from './screen-draft.ts';

const lobby = { kind: 'lcd', pitchMm: 0.6, viewport: { x: 0, y: 0, width: 1920, height: 1080 }, distanceM: { near: 2, far: 6 }, audience: 'indoor' };
const sent = (profile: object) => sentProfile(profileDraft(profileSchema.parse(profile)));

it('an edit keeps what the form holds of a profile: who dims it, the light around it, its place in a wall', () => {
  const wall = { columns: 3, rows: 1, column: 2, row: 1, gapMm: 12 };
  const whole = profileSchema.parse({ ...lobby, dimmedBy: 'controller', peakCdM2: 400, surroundings: 'dark', wall });
  expect(profileSchema.parse(sent(whole))).toEqual(whole);
  expect(profileSchema.parse(sent(lobby))).toEqual(profileSchema.parse(lobby));
});

it('a place outside the wall is refused, and light in a room is nothing that a street has', () => {
  expect(profileSchema.safeParse({ ...sent(lobby), wall: { columns: 2, rows: 1, column: 3, row: 1 } }).success).toBe(false);
  expect(sent({ ...lobby, surroundings: 'bright', audience: 'public' })).not.toHaveProperty('surroundings');
});
