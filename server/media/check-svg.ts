// Whether an SVG only draws: no scripts, no words in a machine's font, nothing from elsewhere. What passes is drawn into pixels all the same.
import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import { z } from 'zod';
import type { MediaRefusal } from '../../core/media-refusals.ts';

export const maxSvgBytes = 5 * 2 ** 20;

const shapes = [
  ...['svg', 'g', 'defs', 'symbol', 'use', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'title', 'desc', 'metadata', 'style'],
  ...['linearGradient', 'radialGradient', 'stop', 'pattern', 'clipPath', 'mask', 'marker', 'switch'],
];
const lettering = new Set(['text', 'tspan', 'textPath', 'tref']);
const drawing = new Set(shapes);

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
});

type Node = Record<string, unknown>;
const attributesSchema = z.record(z.string(), z.string());
const nodesSchema = z.array(z.record(z.string(), z.unknown()));

/** What would be fetched or run. */
const outward = /url\(\s*["']?(?!\s*["']?#)|@import|expression\s*\(|javascript:/i;

function attributeRefusal([name, value]: readonly [string, string]): MediaRefusal | undefined {
  if (name.startsWith('xmlns')) return undefined;
  if (/^on/i.test(name)) return 'svg-unsafe';
  if (/(?:^|:)(?:href|src)$/i.test(name) && !value.trim().startsWith('#')) return 'svg-unsafe';
  return outward.test(value) ? 'svg-unsafe' : undefined;
}

function nodeRefusal(node: Node, inside: string): MediaRefusal | undefined {
  const attributes = attributesSchema.catch({}).parse(node[':@']);
  for (const [name, content] of Object.entries(node)) {
    if (name === ':@') continue;
    if (name === '#text') {
      if (inside === 'style' && outward.test(String(content))) return 'svg-unsafe';
      continue;
    }
    // The notes of drawing programs have a prefix; they draw nothing.
    const [local = '', prefix] = name.split(':').reverse();
    const isDrawn = prefix === undefined || prefix === 'svg';
    if (name.startsWith('?')) {
      if (name !== '?xml') return 'svg-unsafe';
      continue;
    }
    if (isDrawn && lettering.has(local)) return 'svg-text';
    if (isDrawn && !drawing.has(local)) return 'svg-unsafe';
    for (const attribute of Object.entries(attributes)) {
      const refusal = isDrawn ? attributeRefusal(attribute) : undefined;
      if (refusal) return refusal;
    }
    for (const child of nodesSchema.catch([]).parse(content)) {
      const refusal = nodeRefusal(child, local);
      if (refusal) return refusal;
    }
  }
  return undefined;
}

/** Why an SVG is not drawn; undefined when nothing stands in the way. */
export function svgRefusal(bytes: Uint8Array): MediaRefusal | undefined {
  if (bytes.length > maxSvgBytes) return 'picture-too-large';
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  if (/<!\s*ENTITY/i.test(text)) return 'svg-unsafe';
  // Old drawing programs name the document type; without entities it says nothing.
  const plain = text.replace(/<!DOCTYPE[^>[]*>/i, '');
  if (/<!DOCTYPE/i.test(plain)) return 'svg-unsafe';
  let nodes: Node[];
  try {
    // Throws. The parser forgives a file that breaks off.
    SyntaxValidator.validate(plain);
    nodes = nodesSchema.parse(parser.parse(plain));
  } catch {
    return 'damaged';
  }
  for (const node of nodes) {
    const refusal = nodeRefusal(node, '');
    if (refusal) return refusal;
  }
  return undefined;
}
