// Values for a client that means no good: what a JSON Schema asks for, nearly, and what nobody asked for. Drawn from a seed, so that a run can be had again.

export interface Dice {
  /** A whole number from 0 up to, not including, `below`. */
  number(below: number): number;
  chance(part: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** Mulberry32: small, even, the same on every machine. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const number = (below: number) => Math.floor(next() * below);
  return { number, chance: (part) => next() < part, pick: (list) => list[number(list.length)] ?? list[0] };
}

const texts = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202e',
    'Quận Ba Đình',
    'Ba Đi\u0300nh',
    "'; drop table screens; --",
    '" or 1=1',
    '../../etc/passwd',
    '%00%2e%2e',
  ],
  ...[
    '{{7*7}}',
    '<script>alert(1)</script>',
    '__proto__',
    'constructor',
    'NaN',
    '-0',
    '1e999',
    '9'.repeat(400),
    'x'.repeat(5_000),
    '٣',
    '2024-02-30',
    '0000-00-00',
  ],
  ...['9999-12-31', '2024-11-13T09:00:00+07:00', '24:00', 'null', 'true', '[]', 'c00004', 'street', '00000000-0000-4000-8000-000000000000', 'a'.repeat(64)],
] as const;
const numbers = [0, -0, -1, 1, 2, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 5e-324, 4_102_444_800_000, -62_167_219_200_000] as const;

function deep(levels: number): unknown {
  return levels === 0 ? [] : [deep(levels - 1)];
}

export function anyText(dice: Dice): string {
  return dice.pick([...texts] as [string, ...string[]]);
}

export function junk(dice: Dice): unknown {
  return [
    () => null,
    () => dice.chance(0.5),
    () => anyText(dice),
    () => dice.pick([...numbers] as [number, ...number[]]),
    () => [],
    () => ({}),
    () => deep(dice.number(200)),
    () => Array.from({ length: dice.number(300) }, () => anyText(dice)),
    () => JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}') as unknown,
    () => ({ $ne: null, toString: 'x', then: 1, length: -1 }),
  ][dice.number(10)]?.();
}

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

function textFor({ format, pattern, minLength }: Schema, dice: Dice, ids: readonly string[]): string {
  if (format === 'uuid') return dice.chance(0.6) && ids.length > 0 ? (ids[dice.number(ids.length)] ?? '') : '00000000-0000-4000-8000-000000000000';
  if (format === 'date') return dice.pick(['2024-11-13', '2026-11-29', '2024-02-29', '0001-01-01', '9999-12-31']);
  if (format === 'date-time') return dice.pick(['2026-11-29T09:00:00+07:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z']);
  if (format === 'uri') return dice.pick(['https://ihanoi.gov.vn', 'https://[::1]/', 'https://x']);
  if (typeof pattern === 'string' && pattern.includes('{64}')) return dice.pick(['0', 'a']).repeat(64);
  if (typeof pattern === 'string' && pattern.includes(':[0-5]')) return dice.pick(['00:00', '07:30', '23:59']);
  if (typeof pattern === 'string') return dice.pick(['street', 'reception', 'moi', 'plan-311-2024']);
  const text = dice.chance(0.7) ? dice.pick(['Phường Láng', 'a', 'Lý do thử', 'c00004']) : anyText(dice);
  return text.padEnd(typeof minLength === 'number' ? Math.min(minLength, 300) : 0, 'x');
}

/** A value that a schema may allow. @param ids of things that are there @param badPart how often one stands in its parts that it does not */
export function valueFor(schema: unknown, dice: Dice, ids: readonly string[], badPart: number): unknown {
  if (!isSchema(schema) || dice.chance(badPart)) return junk(dice);
  const again = (inner: unknown) => valueFor(inner, dice, ids, badPart);
  for (const key of ['anyOf', 'oneOf']) {
    const ways: unknown = schema[key];
    if (Array.isArray(ways) && ways.length > 0) return again(ways[dice.number(ways.length)]);
  }
  if (Array.isArray(schema['allOf'])) return Object.assign({}, ...schema['allOf'].map(again)) as unknown;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][dice.number(schema['enum'].length)] as unknown;
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][dice.number(schema['type'].length)] : schema['type'];
  if (type === 'string') return textFor(schema, dice, ids);
  if (type === 'boolean') return dice.chance(0.5);
  if (type === 'null') return null;
  if (type === 'integer' || type === 'number') {
    const { minimum = 0, maximum = 1_000 } = schema as { minimum?: number; maximum?: number };
    return dice.chance(0.2) ? dice.pick([...numbers] as [number, ...number[]]) : Math.min(maximum, minimum + dice.number(20));
  }
  if (type === 'array') return Array.from({ length: dice.number(4) }, () => again(schema['items']));
  if (type !== 'object' || !isSchema(schema['properties'])) return junk(dice);
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []);
  const kept = Object.entries(schema['properties']).filter(([name]) => dice.chance(required.has(name) ? 0.97 : 0.5));
  const extra = dice.chance(0.05) ? { [anyText(dice)]: junk(dice) } : {};
  return { ...Object.fromEntries(kept.map(([name, inner]) => [name, again(inner)])), ...extra };
}
