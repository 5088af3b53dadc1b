// Parses a column's JSON text once for all rows that hold the same: thousands of screens share a few profiles, and parsing costs more than reading.
import type { z } from 'zod';

/**
 * Nobody changes what is returned: others hold it, too.
 * @param mostTexts so many are remembered; beyond that all go, and are parsed anew as they come
 * @throws when a text is not what the schema says
 */
export function readingOnce<Schema extends z.ZodType>(schema: Schema, mostTexts = 500): (text: string) => z.output<Schema> {
  const known = new Map<string, z.output<Schema>>();
  return (text) => {
    if (known.has(text)) return known.get(text) as z.output<Schema>;
    const read = schema.parse(JSON.parse(text));
    if (known.size >= mostTexts) known.clear();
    known.set(text, read);
    return read;
  };
}
