// What an item takes with a file of the library: the file, its description where none is written, a video's still and length.
import type { SentItem } from '../../core/playlist-draft.ts';
import type { MediaChoice } from '../library/library-filter.ts';
import { partAt, textAt, withProp, type Path } from './props-draft.ts';

type Chosen = Pick<MediaChoice, 'sha256' | 'alt' | 'poster' | 'seconds'>;

export function takeChoice(item: SentItem, path: Path, { sha256, alt, poster, seconds }: Chosen): SentItem {
  const shown = withProp(item.props, path, sha256);
  if (path[0] !== 'media') return { ...item, props: { ...shown } };
  const described = textAt(shown, ['alt']).vi === '' ? withProp(shown, ['alt'], alt) : shown;
  const stood = poster !== null && partAt(item.props, ['media']) !== sha256 ? withProp(described, ['poster'], poster) : described;
  return { ...item, props: { ...stood }, seconds: seconds === null ? item.seconds : Math.max(1, Math.ceil(seconds)) };
}
