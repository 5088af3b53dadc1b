// What differs between two documents of settings, field by field, as a person reads it who has to agree. Pure.
import { z } from 'zod';

const plainSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
type Plain = z.infer<typeof plainSchema>;

/** A field by its path, such as `stale.greyAfterHours` or `phases[1].endDate`; null where there is none on that side. */
export const fieldChangeSchema = z.object({ path: z.string(), before: plainSchema, after: plainSchema });
export type FieldChange = z.infer<typeof fieldChangeSchema>;

function collect(value: unknown, path: string, into: Map<string, Plain>): void {
  if (Array.isArray(value)) value.forEach((each, index) => collect(each, `${path}[${index}]`, into));
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) collect(each, path === '' ? key : `${path}.${key}`, into);
  else if (value !== undefined) into.set(path, plainSchema.parse(value));
}

function fieldsOf(value: object): Map<string, Plain> {
  const fields = new Map<string, Plain>();
  collect(value, '', fields);
  return fields;
}

/** Fields that differ, those of the first document first. */
export function fieldChanges(before: object, after: object): FieldChange[] {
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...next.keys()])]
    .map((path) => ({ path, before: old.get(path) ?? null, after: next.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}
