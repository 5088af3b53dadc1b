// A channel as it is called within a sentence.
import { foldName } from '../../core/units.ts';
import { textOf, type Say } from '../messages.ts';

const words = [textOf('vi', 'channel.named', { name: '' }), textOf('en', 'channel.named', { name: '' })].map(foldName);

/** With the word for it before its name, unless whoever named it has said that already. */
export function channelText(name: string, say: Say): string {
  return words.some((word) => foldName(name).startsWith(`${word} `)) ? name : say('channel.named', { name });
}
