// Puts a half-filled form over what somebody else has saved meanwhile: what this person changed is kept, the rest is as it stands now.
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function merged(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isFields(base) && isFields(mine) && isFields(theirs)) return mergedFields(base, mine, theirs);
  return isSame(base, mine) ? theirs : mine;
}

function mergedFields(base: Fields, mine: Fields, theirs: Fields): Fields {
  return Object.fromEntries(Object.keys({ ...theirs, ...mine }).map((key) => [key, merged(base[key], mine[key], theirs[key])]));
}

/** Lists are kept or taken whole. @param base what the form began with */
export function mergeFields<Form extends object>(base: Form, mine: Form, theirs: Form): Form {
  return merged({ ...base }, { ...mine }, { ...theirs }) as Form;
}
