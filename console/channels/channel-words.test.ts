import { expect, it } from 'vitest';
import { textOf, type Say } from '../messages.ts';
import { channelText } from './channel-words.ts';

it('calls a channel a channel once, whatever its name begins with', () => {
  const say: Say = (key, ...slots) => textOf('vi', key, ...slots);
  const inEnglish: Say = (key, ...slots) => textOf('en', key, ...slots);
  expect(['Cầu Long Biên', 'Kênh cầu', 'KÊNH Cầu', 'Channel 5', 'Kênhmới'].map((name) => channelText(name, say))).toEqual([
    'kênh Cầu Long Biên',
    'Kênh cầu',
    'KÊNH Cầu',
    'Channel 5',
    'kênh Kênhmới',
  ]);
  expect(['Cầu', 'Kênh cầu'].map((name) => channelText(name, inEnglish))).toEqual(['channel Cầu', 'Kênh cầu']);
});
