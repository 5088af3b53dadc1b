// A channel as it is called within a sentence.
import { foldName } from '../../core/units.ts';
import { textOf, type Say } from '../messages.ts';

const words = [textOf('vi', 'channel.named', { name: '' }), textOf('en', 'channel.named', { name: '' })].map(foldName);

/** With the word for it before its name, unless whoever named it has said that already. */
export function channelText(name: string, say: Say): string {
  return words.some((word) => foldName(name).startsWith(`${word} `)) ? name : say('channel.named', { name });
}

/** The same of a channel of which only the id is at hand; by its id as long as the names are not known. */
export function channelOfId(id: string, channels: readonly { readonly id: string; readonly name: string }[] | undefined, say: Say): string {
  return channelText(channels?.find((channel) => channel.id === id)?.name ?? id, say);
}
