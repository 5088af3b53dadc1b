// An id that people can read in an address, such as `phong-tiep-dan`, from a name.
import { withoutMarks } from '../core/units.ts';

const maxIdLength = 50;

/** @param bare where nothing of the name can stand in an id */
export function slugOf(name: string, bare: string): string {
  const words = withoutMarks(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, maxIdLength)
    .replaceAll(/^-+|-+$/g, '');
  return words === '' ? bare : words;
}
