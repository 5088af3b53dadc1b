// A Word template from an office: what it may hold, its named places, and how wide its page is. Whatever else is in it, the report it becomes runs no program and loads nothing.
import { patchDetector } from 'docx';
import { XMLParser } from 'fast-xml-parser';
import { zipSync } from 'fflate';
import type { LocalText } from '../../../core/primitives.ts';
import { templatePlaces, type TemplatePlace } from '../../../core/report-api.ts';
import { foldName } from '../../../core/units.ts';
import type { Hand } from '../files/docx-blocks.ts';
import { openArchive, type OfficeArchive } from '../../files/office-archive.ts';

export interface Template {
  /** Packed anew, so that every part is as long as it says. */
  readonly bytes: Uint8Array;
  /** Places as they are written, such as ` NỘI DUNG `. */
  readonly places: ReadonlyMap<string, TemplatePlace>;
  /** What is reported is written as its place is. */
  readonly hand: Hand;
}
/** `unreadable`: no Word file at all. */
export type TemplateRead = { ok: true; template: Template } | { ok: false; reason: 'unreadable' } | { ok: false; reason: 'refused'; problems: LocalText[] };

const limits = { maxParts: 400, maxBytes: 24 * 2 ** 20, isNeeded: () => true };
const documentPath = 'word/document.xml';
const usualTextWidth = 9_354;

type Node = Readonly<Record<string, unknown>>;
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '@', trimValues: false, parseTagValue: false });
const childrenOf = (node: Node): Node[] => Object.entries(node).flatMap(([key, value]) => (key !== ':@' && Array.isArray(value) ? (value as Node[]) : []));
const find = (nodes: readonly Node[], name: string): Node[] => nodes.flatMap((node) => (name in node ? [node] : find(childrenOf(node), name)));
const textIn = (node: Node): string => ('#text' in node ? String(node['#text']) : childrenOf(node).map(textIn).join(''));
const attribute = (node: Node | undefined, name: string) => (node?.[':@'] as Record<string, unknown> | undefined)?.[`@${name}`];
const paragraphText = (paragraph: Node) => find([paragraph], 'w:t').map(textIn).join('');

const placeByName = new Map(Object.entries(templatePlaces).map(([place, name]) => [foldName(name), place as TemplatePlace]));
const quoted = (name: string) => `{{${name}}}`;
const allPlaces = Object.values(templatePlaces).map(quoted).join(', ');

/** What runs, or fetches something from elsewhere, when an official opens the report. */
function problemsOfParts(archive: OfficeArchive): LocalText[] {
  const text = (path: string) => archive.text(path) ?? '';
  const names = Object.keys(archive.parts).map((name) => name.toLowerCase());
  const relations = names.filter((name) => name.endsWith('.rels')).flatMap((name) => find(parser.parse(text(name)) as Node[], 'Relationship'));
  const typeOf = (relation: Node) => String(attribute(relation, 'Type')).split('/').at(-1) ?? '';
  const hasProgram = names.some((name) => /vbaproject|\/activex\/|\/embeddings\//.test(name)) || /macroenabled/i.test(text('[Content_Types].xml'));
  const outside = relations.some((each) => (attribute(each, 'TargetMode') === 'External' && typeOf(each) !== 'hyperlink') || typeOf(each) === 'aFChunk');
  const fields = names
    .filter((name) => /^word\/[^/]+\.xml$/.test(name))
    .flatMap((name) => {
      const nodes = parser.parse(text(name)) as Node[];
      return [...find(nodes, 'w:instrText').map(textIn), ...find(nodes, 'w:fldSimple').map((field) => String(attribute(field, 'w:instr')))];
    });
  const fetches = /\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE)\b/i.test(fields.join(''));
  return [
    ...(hasProgram
      ? [{ vi: 'Mẫu có macro hoặc tệp nhúng. Bỏ chúng, lưu lại dạng .docx.', en: 'It holds macros or embedded files. Take them out and save it as .docx.' }]
      : []),
    ...(outside || fetches
      ? [
          {
            vi: 'Mẫu lấy ảnh, mẫu hoặc dữ liệu từ nơi khác khi mở. Chèn hẳn vào tệp thay vì liên kết.',
            en: 'It loads pictures, a template or data from elsewhere when it is opened. Put them into the file instead of a link.',
          },
        ]
      : []),
  ];
}

const isBody = (text: string) => foldName(text) === foldName(templatePlaces.body);
/** A paragraph that says `{{Nội dung}}` and nothing else. */
const isBodyPlace = (paragraph: Node) => /^\s*\{\{([^{}]*)\}\}\s*$/.test(paragraphText(paragraph)) && isBody(paragraphText(paragraph));

/** The places as `docx` will find them, and what is wrong with them. */
function problemsOfPlaces(keys: readonly string[], paragraphs: readonly Node[], body: readonly Node[]): LocalText[] {
  const unknown = keys.filter((key) => !placeByName.has(foldName(key)));
  const alone = body.filter((node) => 'w:p' in node && isBodyPlace(node));
  const texts = paragraphs.map(paragraphText);
  const bodies = texts.flatMap((text) => [...text.matchAll(/\{\{([^{}]*)\}\}/g)]).filter(([, key = '']) => isBody(key));
  const open = texts.find((text) => /\{\{|\}\}/.test(text.replace(/\{\{[^{}]*\}\}/g, '')));
  const named = unknown.map(quoted).join(', ');
  return [
    ...(unknown.length > 0 ? [{ vi: `Không có vị trí tên ${named}. Dùng: ${allPlaces}.`, en: `There is no place called ${named}. Use: ${allPlaces}.` }] : []),
    ...(open === undefined
      ? []
      : [{ vi: `Dấu {{ }} chưa đủ ở “${open.trim().slice(0, 80)}”.`, en: `The marks {{ }} are not complete in “${open.trim().slice(0, 80)}”.` }]),
    ...(bodies.length === 1 && alone.length === 1
      ? []
      : [
          {
            vi: `Mẫu cần đúng một đoạn riêng, ngoài bảng, chỉ ghi ${quoted(templatePlaces.body)}: báo cáo được viết vào đó.`,
            en: `It needs exactly one paragraph of its own, outside of tables, that says ${quoted(templatePlaces.body)} only: the report is written there.`,
          },
        ]),
  ];
}

function textWidthOf(body: readonly Node[]): number {
  const section = find(body, 'w:sectPr').at(-1);
  const number = (tag: string, name: string) => Number(attribute(section && find([section], tag)[0], name));
  const width = number('w:pgSz', 'w:w') - number('w:pgMar', 'w:left') - number('w:pgMar', 'w:right');
  return Number.isFinite(width) && width > 2_000 ? width : usualTextWidth;
}

const maxTablePoints = 11;

/** Font, size and style of the place for the report; what it does not say itself is as the document has it. */
function handOf(body: readonly Node[]): Hand {
  const place = body.find((node) => 'w:p' in node && isBodyPlace(node));
  const first = (tag: string, name: string) => attribute(place && find([place], tag)[0], name);
  const [run] = place ? find([place], 'w:r') : [];
  const inRun = (tag: string, name: string) => attribute(run && find([run], tag)[0], name);
  const font = inRun('w:rFonts', 'w:ascii');
  const style = first('w:pStyle', 'w:val');
  const points = Number(inRun('w:sz', 'w:val')) / 2;
  const size = points > 0 ? points : null;
  return {
    textWidth: textWidthOf(body),
    sizes: { text: size, title: size, note: size, table: Math.min(size ?? maxTablePoints, maxTablePoints) },
    ...(typeof font === 'string' ? { font } : {}),
    ...(typeof style === 'string' ? { style } : {}),
  };
}

/** Never throws for what somebody sent: any bytes are a template, or refused with the reasons. */
export async function readTemplate(sent: Uint8Array): Promise<TemplateRead> {
  let archive: OfficeArchive;
  let paragraphs: Node[];
  let body: Node[];
  let problems: LocalText[];
  let keys: readonly string[];
  let bytes: Uint8Array;
  try {
    archive = openArchive(sent, limits);
    const document = archive.text(documentPath);
    if (document === undefined || archive.text('[Content_Types].xml') === undefined) return { ok: false, reason: 'unreadable' };
    body = find(parser.parse(document) as Node[], 'w:body').flatMap(childrenOf);
    if (body.length === 0) return { ok: false, reason: 'unreadable' };
    const words = Object.keys(archive.parts).filter((name) => /^word\/[^/]+\.xml$/i.test(name));
    paragraphs = words.flatMap((name) => find(parser.parse(archive.text(name) ?? '') as Node[], 'w:p'));
    bytes = zipSync({ ...archive.parts });
    keys = await patchDetector({ data: bytes });
    problems = [...problemsOfParts(archive), ...problemsOfPlaces(keys, paragraphs, body)];
  } catch {
    // No archive, too large a one, no XML in it, or a document type.
    return { ok: false, reason: 'unreadable' };
  }
  if (problems.length > 0) return { ok: false, reason: 'refused', problems };
  const places = new Map(keys.flatMap((key) => (placeByName.has(foldName(key)) ? [[key, placeByName.get(foldName(key)) ?? 'body']] : [])));
  return { ok: true, template: { bytes, places, hand: handOf(body) } };
}
