// A CAP 1.2 message from its text. XML without document types and entities, within limits; everything in it is what a stranger wrote.
import { XMLParser } from 'fast-xml-parser';
import { SyntaxValidator } from 'fast-xml-validator';
import { z } from 'zod';
import { capScopes, capStatuses, capTypes, type CapReason } from '../../../core/cap-api.ts';

/** The first element, in the namespace of CAP 1.2 by whatever prefix. */
const rootTag = /<(?:[\w.-]+:)?alert\s(?:[^>]*\s)?xmlns(?::[\w.-]+)?\s*=\s*["']urn:oasis:names:tc:emergency:cap:1\.2["']/;
const lists = new Set(['info', 'area', 'geocode']);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Letters written as numbers (&#7853;) are known by this option only; what is to replace it wants a decoder of one's own.
  // oxlint-disable-next-line typescript/no-deprecated
  htmlEntities: true,
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && lists.has(name),
});

const words = z.string().transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim());
const named = words.pipe(z.string().min(1).max(200));
/** CAP 3.2: neither space, comma, nor what XML needs for itself. */
const id = z.string().regex(/^[^\s,<&]{1,120}$/);
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const optional = words.optional();

const areaSchema = z.looseObject({
  areaDesc: named.or(words.pipe(z.string().min(1).max(500))),
  geocode: z.array(z.looseObject({ valueName: words, value: words })).default([]),
});
const infoSchema = z.looseObject({
  language: optional,
  event: words,
  severity: z.literal(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']),
  effective: moment.optional(),
  expires: moment.optional(),
  senderName: optional,
  headline: optional,
  description: optional,
  instruction: optional,
  area: z.array(areaSchema).default([]),
});
const messageSchema = z.looseObject({
  identifier: id,
  sender: id,
  sent: moment,
  status: z.literal(capStatuses),
  msgType: z.literal(capTypes),
  scope: z.literal(capScopes),
  references: optional,
  info: z.array(infoSchema).max(20).default([]),
});

export type CapInfo = z.infer<typeof infoSchema>;
export type CapMessage = z.infer<typeof messageSchema>;
export type CapRead = { readonly ok: true; readonly message: CapMessage } | { readonly ok: false; readonly reason: CapReason };

const rootSchema = z.looseObject({ alert: z.record(z.string(), z.unknown()) });

export function readCap(xml: string): CapRead {
  const text = xml.replace(/^\uFEFF/, '');
  if (/<!\s*(?:DOCTYPE|ENTITY)/i.test(text)) return { ok: false, reason: 'document-type' };
  let parsed: unknown;
  try {
    // Throws. The parser forgives a message that breaks off.
    SyntaxValidator.validate(text);
    parsed = parser.parse(text);
  } catch {
    return { ok: false, reason: 'malformed' };
  }
  const root = rootSchema.safeParse(parsed);
  if (!root.success) return { ok: false, reason: 'not-cap' };
  if (!rootTag.test(text)) return { ok: false, reason: 'not-cap' };
  const message = messageSchema.safeParse(root.data.alert);
  return message.success ? { ok: true, message: message.data } : { ok: false, reason: 'field-missing' };
}

export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
}

/** `sender,identifier,sent` for each earlier message, divided by spaces. An identifier is unique with its sender, so the instant is not compared. */
export function referencesOf({ references = '' }: Pick<CapMessage, 'references'>): CapReference[] {
  return references
    .split(' ')
    .map((each) => each.split(','))
    .flatMap(([sender = '', identifier = '', sent = '']) => (sender !== '' && identifier !== '' && sent !== '' ? [{ sender, identifier }] : []));
}
