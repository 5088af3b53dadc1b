// Files of reports read back, as an office would open them.
import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, trimValues: false, parseTagValue: false });
type Node = Readonly<Record<string, unknown>>;
const childrenOf = (node: Node): Node[] => Object.entries(node).flatMap(([key, value]) => (key !== ':@' && Array.isArray(value) ? (value as Node[]) : []));
const find = (nodes: readonly Node[], name: string): Node[] => nodes.flatMap((node) => (name in node ? [node] : find(childrenOf(node), name)));
const textIn = (node: Node): string => ('#text' in node ? String(node['#text']) : childrenOf(node).map(textIn).join(''));

/** Spaces and hyphens at which no line breaks are spaces and hyphens to whoever reads. */
const wordsIn = (node: Node): string =>
  ('w:noBreakHyphen' in node ? '-' : 'w:t' in node ? textIn(node) : childrenOf(node).map(wordsIn).join('')).replaceAll('\u00a0', ' ');

/** Paragraphs and tables of a Word file, in their order. */
export function readDocx(file: Buffer): { paragraphs: string[]; tables: string[][][] } {
  const nodes = parser.parse(strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array())) as Node[];
  const tables = find(nodes, 'w:tbl').map((table) => find(childrenOf(table), 'w:tr').map((row) => find(childrenOf(row), 'w:tc').map((cell) => wordsIn(cell))));
  return { paragraphs: find(nodes, 'w:p').map((each) => wordsIn(each)), tables };
}

/** Cells of each sheet of a workbook: numbers as numbers. */
export function readXlsx(file: Buffer): (string | number | null)[][][] {
  const parts = unzipSync(file);
  const read = (name: string) => parser.parse(strFromU8(parts[name] ?? new Uint8Array())) as Node[];
  const shared = 'xl/sharedStrings.xml' in parts ? find(read('xl/sharedStrings.xml'), 'si').map(textIn) : [];
  const sheets = Object.keys(parts)
    .filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return sheets.map((name) =>
    find(read(name), 'row').map((row) =>
      find(childrenOf(row), 'c').map((cell) => {
        const type = (cell[':@'] as Node | undefined)?.['@_t'];
        const value = textIn(cell);
        if (value === '') return null;
        return type === 's' ? (shared[Number(value)] ?? '') : type === 'inlineStr' || type === 'str' ? value : Number(value);
      }),
    ),
  );
}

/** What of a PDF library is used here; tests bring the library itself, which is not the product's. */
interface PdfLibrary {
  loadDocument(file: Uint8Array): Promise<{ pages(): Iterable<{ getText(): string }>; destroy(): void }>;
}

/** Words of each page, spaces and line ends as one space each. */
export async function readPdf(library: PdfLibrary, file: Uint8Array): Promise<string[]> {
  const document = await library.loadDocument(file);
  const pages = [...document.pages()].map((page) => page.getText().normalize('NFC').replace(/\s+/g, ' '));
  document.destroy();
  return pages;
}
