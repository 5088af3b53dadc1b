// A JSON Schema as people read it: the shape of a value in a notation like TypeScript's, with its limits behind it.
import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const stringList = z.array(z.string());
const mostChoices = 14;

function limits({ minLength, maxLength, minimum, maximum, exclusiveMinimum, minItems, maxItems, format, pattern }: Json): string {
  const range = (low: unknown, high: unknown, of: string) => {
    const isNatural = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
    if (!isNatural(low) && !isNatural(high)) return [];
    if (!isNatural(high)) return low === 0 ? [] : [`≥ ${String(low)}${of}`];
    return [isNatural(low) ? `${low}–${high}${of}` : `≤ ${high}${of}`];
  };
  const said = [
    ...(typeof format === 'string' && format !== 'binary' ? [format] : typeof pattern === 'string' && pattern.length < 40 ? [pattern] : []),
    ...range(minLength, maxLength, ' characters'),
    ...range(minimum ?? exclusiveMinimum, maximum, ''),
    ...range(minItems, maxItems, ' entries'),
  ];
  return said.length === 0 ? '' : ` /* ${said.join(', ').replaceAll('*/', '*\u2060/')} */`;
}

function choices(all: readonly unknown[]): string {
  const shown = all.slice(0, mostChoices).map((value) => JSON.stringify(value));
  return [...shown, ...(all.length > mostChoices ? [`string /* ${all.length - mostChoices} more */`] : [])].join(' | ');
}

function objectText(schema: Json, deepest: number, depth: number): string {
  const { properties, additionalProperties } = schema;
  const fields = isObject(properties) ? Object.entries(properties) : [];
  if (fields.length === 0) return isObject(additionalProperties) ? `Record<string, ${typeText(additionalProperties, deepest, depth + 1)}>` : '{}';
  if (depth >= deepest) return 'object';
  const required = new Set(stringList.safeParse(schema['required']).data);
  const indent = '  '.repeat(depth + 1);
  const lines = fields.map(([name, value]) => {
    const optional = required.has(name) && !(isObject(value) && 'default' in value) ? '' : '?';
    const key = /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
    return `${indent}${key}${optional}: ${typeText(value, deepest, depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

/**
 * @param deepest objects this far in are said to be objects and no more; the document as JSON has it all
 * @param depth how far in it stands
 */
export function typeText(schema: unknown, deepest: number, depth = 0): string {
  if (!isObject(schema)) return 'unknown';
  const { type, anyOf, oneOf, allOf, enum: some, const: only, items, prefixItems } = schema;
  const joined = [...asList(anyOf), ...asList(oneOf)];
  if (joined.length > 0) return [...new Set(joined.map((each) => typeText(each, deepest, depth)))].join(' | ');
  if (Array.isArray(allOf)) return allOf.map((each) => typeText(each, deepest, depth)).join(' & ');
  if (Array.isArray(type)) return type.map((each) => typeText({ ...schema, type: each as unknown }, deepest, depth)).join(' | ');
  if ('const' in schema) return JSON.stringify(only);
  if (Array.isArray(some)) return choices(some);
  if (type === 'array') {
    if (Array.isArray(prefixItems)) return `[${prefixItems.map((each) => typeText(each, deepest, depth)).join(', ')}]`;
    const each = typeText(items, deepest, depth);
    return `${each.includes(' | ') || each.includes('/*') ? `(${each})` : each}[]${limits(schema)}`;
  }
  if (type === 'object') return objectText(schema, deepest, depth);
  if (schema['format'] === 'binary') return 'bytes';
  return typeof type === 'string' ? `${type}${limits(schema)}` : 'unknown';
}
