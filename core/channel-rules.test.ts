import { describe, expect, it } from 'vitest';
import { channelFor, type ChannelRule } from './channel-rules.ts';

const kinds: Readonly<Record<string, string>> = { street: 'led', market: 'led', ward: 'led', desk: 'lcd' };
const rules: ChannelRule[] = [
  { of: 'unit', subject: 'c1', channel: 'ward' },
  { of: 'tag', subject: 'Chợ', channel: 'market' },
  { of: 'tag', subject: 'Nút giao', channel: 'street' },
  { of: 'unit', subject: 'city', channel: 'desk' },
];
const screen = { chosen: null, channel: 'old', tags: [], units: ['c1', 'city'], kind: 'led' };
const of = (over: object) => channelFor({ ...screen, ...over }, rules, (channel) => kinds[channel]);

describe('a screen plays', () => {
  it('what was chosen for it, whatever the rules say', () => expect(of({ chosen: 'desk', tags: ['Chợ'] })).toBe('desk'));
  it('the channel of its tag before that of its unit', () => expect(of({ tags: ['cho'] })).toBe('market'));
  it('of two tags that of the rule that stands first', () => expect(of({ tags: ['Nút giao', 'Chợ'] })).toBe('market'));
  it('the channel of the nearest unit', () => expect(of({})).toBe('ward'));
  it('a channel that is made for its kind only', () => expect([of({ kind: 'lcd' }), of({ kind: 'kiosk' })]).toEqual(['desk', 'old']));
  it('what it has where no rule is about it', () => expect(of({ units: [] })).toBe('old'));
});
