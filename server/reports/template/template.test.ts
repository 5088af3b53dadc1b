// An office's own Word template: what is taken, what is refused and why, and the reports that are written into it.
import { Document, Footer, Packer, Paragraph, PageOrientation, Table, TableCell, TableRow, TextRun, type ISectionOptions } from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportPaths, templatePlaces, templateViewSchema } from '../../../core/report-api.ts';
import { signedInPerson } from '../../testing/test-people.ts';
import { startTestServer, type Staff, type TestServer } from '../../testing/test-server.ts';
import { readDocx } from '../testing/read-files.ts';

let server: TestServer;
let staff: Staff;

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  staff = await signedInPerson(server, 'admin');
});
afterAll(() => server.end());

const paragraph = (text: string) => new Paragraph({ children: [new TextRun(text)] });
const docx = async (children: ISectionOptions['children'], more: Partial<ISectionOptions> = {}) =>
  new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ ...more, children }] })));
/** With parts changed or added. */
function altered(file: Uint8Array, change: (parts: Record<string, Uint8Array>) => void): Uint8Array {
  const parts = { ...unzipSync(file) };
  change(parts);
  return zipSync(parts);
}
const inPart = (path: string, from: string | RegExp, to: string) => (parts: Record<string, Uint8Array>) => {
  const before = strFromU8(parts[path] ?? new Uint8Array());
  const after = before.replace(from, to);
  expect(after, `${path} has what the test changes`).not.toBe(before);
  parts[path] = strToU8(after);
};

function inject(method: 'GET' | 'PUT', url: string, by: Staff, payload?: Uint8Array) {
  const { host } = new URL(server.url);
  const headers = { host, origin: server.url, cookie: by.cookie, 'content-type': 'application/octet-stream' };
  return server.app.inject({ method, url, headers, ...(payload ? { payload: Buffer.from(payload) } : {}) });
}
const send = (file: Uint8Array, by = staff) => inject('PUT', `${reportPaths.template}?file=${encodeURIComponent('C:\\Mẫu Ba Đình.docx')}`, by, file);
const results = async (by = staff) => {
  const answer = await inject('GET', `${reportPaths.resultsFile}?format=docx`, by);
  expect(answer.statusCode).toBe(200);
  return answer.rawPayload;
};
async function reasons(file: Uint8Array): Promise<string> {
  const answer = await send(file);
  expect(answer.statusCode).toBe(422);
  const { error } = answer.json<{ error: { code: string; details?: { words: { vi: string; en: string } }[] } }>();
  return [error.code, ...(error.details ?? []).map(({ words }) => words.en)].join(' ');
}

/** What an office has: its own heading, words typed in pieces as Word stores them, a footer, a landscape page. */
const ownTemplate = () =>
  docx(
    [
      paragraph('TỔ CÔNG TÁC ĐỀ ÁN 06 – {{cơ quan ban hành}}'),
      new Paragraph({ children: [new TextRun('{{ĐỊA '), new TextRun({ text: 'DANH, NGÀY', size: 26 }), new TextRun(' THÁNG}}')] }),
      paragraph('Về: {{ Trích yếu }}'),
      new Paragraph({ children: [new TextRun('{{Nội'), new TextRun(' dung}}')] }),
      new Table({
        rows: [
          new TableRow({ children: [new TableCell({ children: [paragraph('{{Nơi nhận}}')] }), new TableCell({ children: [paragraph('{{Người ký}}')] })] }),
        ],
      }),
    ],
    {
      properties: { page: { size: { orientation: PageOrientation.LANDSCAPE, width: 11_906, height: 16_838 }, margin: { left: 1_000, right: 1_000 } } },
      footers: { default: new Footer({ children: [paragraph('Mẫu 03/BC, {{so va ky hieu}}')] }) },
    },
  );

describe('a template', () => {
  it('takes the report at its places, however they are written, within the width of its page', async () => {
    await staff.call('PUT', reportPaths.letterhead, {
      office: 'UBND quận Ba Đình',
      symbol: 'BC-UBND',
      signer: 'Nguyễn Thị Hạnh',
      recipients: ['UBND thành phố', 'Lưu: VT'],
    });
    const plain = readDocx(await results());
    const sent = await send(await ownTemplate());
    expect([sent.statusCode, sent.body]).toEqual([200, expect.stringContaining('Mẫu Ba Đình.docx')]);
    const file = await results();
    const { paragraphs, tables } = readDocx(file);
    expect(paragraphs[0]).toBe('TỔ CÔNG TÁC ĐỀ ÁN 06 – UBND QUẬN BA ĐÌNH');
    expect(paragraphs[1]).toMatch(/^Hà Nội, ngày \d\d tháng \d+ năm \d{4}$/);
    expect(paragraphs[2]).toMatch(/^Về: Kết quả thi đua: /);
    expect(paragraphs).toContain('- UBND thành phố;- Lưu: VT.');
    expect(paragraphs).toContain('Nguyễn Thị Hạnh');
    expect(paragraphs, 'made-up figures say so there too').toContain('SỐ LIỆU MINH HỌA');
    expect(paragraphs.join('\n')).not.toContain('{{');
    // The very table of the usual form, whose first table is its heading.
    expect(tables[0]).toEqual(plain.tables[1]);
    const parts = unzipSync(file);
    const footer = Object.entries(parts).find(([name]) => /^word\/footer\d*\.xml$/.test(name))?.[1];
    expect(
      strFromU8(footer ?? new Uint8Array())
        .replaceAll('<w:noBreakHyphen/>', '-')
        .replace(/<[^>]+>/g, ''),
    ).toContain('Mẫu 03/BC, Số:        /BC-UBND');
    expect(/<w:tblW [^>]*>/.exec(strFromU8(parts['word/document.xml'] ?? new Uint8Array()))?.[0]).toContain('w:w="14838"');
  });

  it('writes what is reported in the font, size and style of its place, and leaves to the document what that does not say', async () => {
    const written = async (place: Paragraph) => {
      expect((await send(await docx([place, paragraph('{{Người ký}}')]))).statusCode).toBe(200);
      const xml = strFromU8(unzipSync(await results())['word/document.xml'] ?? new Uint8Array());
      const around = xml.split('<w:tbl>').flatMap((part, index) => (index === 0 ? [part] : part.split('</w:tbl>').slice(1)));
      const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, value]) => value))];
      const tables = xml.match(/<w:tbl>.*?<\/w:tbl>/gs)?.join('') ?? '';
      return {
        ...{ sizes: all(around.join(''), /<w:sz w:val="(\d+)"/g), fonts: all(around.join(''), /<w:rFonts w:ascii="([^"]+)"/g) },
        ...{ styles: all(around.join(''), /<w:pStyle w:val="([^"]+)"/g), tableSizes: all(tables, /<w:sz w:val="(\d+)"/g) },
        tableFonts: all(tables, /<w:rFonts w:ascii="([^"]+)"/g),
      };
    };
    const place = { text: '{{Nội dung}}', font: 'Arial', size: 26 };
    expect(await written(new Paragraph({ style: 'Heading1', children: [new TextRun(place)] }))).toEqual({
      ...{ sizes: ['26'], fonts: ['Arial'], styles: ['Heading1'], tableSizes: ['22'], tableFonts: ['Arial'] },
    });
    expect((await written(new Paragraph({ children: [new TextRun({ ...place, size: 20 })] }))).tableSizes).toEqual(['20']);
    expect(await written(paragraph('{{Nội dung}}'))).toEqual({ sizes: [], fonts: [], styles: [], tableSizes: ['22'], tableFonts: [] });
  });

  it('is the office’s own, told with who sent it, kept as a file, and given up again', async () => {
    const file = await ownTemplate();
    const ward = await signedInPerson(server, 'admin', { unit: 'd001' });
    const view = templateViewSchema.parse((await send(file, ward)).json());
    expect(view.template).toMatchObject({ name: 'Mẫu Ba Đình.docx', by: expect.any(String) as string, at: server.clock.now });
    const seen = (by: Staff) => by.call('GET', reportPaths.template).then(({ body }) => templateViewSchema.parse(body).template);
    const colleague = await signedInPerson(server, 'viewer', { unit: 'd001' });
    expect(await seen(colleague)).toEqual(view.template);
    expect(await seen(await signedInPerson(server, 'viewer', { unit: 'd002' }))).toBeNull();
    const kept = await inject('GET', reportPaths.templateFile, colleague);
    expect(kept.headers['content-disposition']).toContain('attachment');
    expect(Object.keys(unzipSync(kept.rawPayload)).sort()).toEqual(Object.keys(unzipSync(file)).sort());
    expect((await send(file, await signedInPerson(server, 'approver', { unit: 'd001' }))).statusCode).toBe(403);
    expect((await ward.call('DELETE', reportPaths.template)).body).toEqual({ template: null });
    expect((await inject('GET', reportPaths.templateFile, colleague)).statusCode).toBe(404);
    expect(readDocx(await results(colleague)).paragraphs[0]).not.toContain('TỔ CÔNG TÁC');
    const log = await server.context.db
      .selectFrom('audit')
      .select(['what', 'subject'])
      .where('what', '=', 'report-template.change')
      .where('subject', '=', 'd001')
      .execute();
    expect(log).toHaveLength(2);
  });

  it('to begin from has every place, and is taken as it is', async () => {
    const form = (await inject('GET', reportPaths.templateForm, staff)).rawPayload;
    const { paragraphs } = readDocx(form);
    for (const name of Object.values(templatePlaces)) expect(paragraphs).toContain(`{{${name}}}`);
    await staff.call('DELETE', reportPaths.template);
    const usual = readDocx(await results());
    expect((await send(form)).statusCode).toBe(200);
    const filled = readDocx(await results());
    expect(filled.tables.slice(1, -1)).toEqual(usual.tables.slice(1, -1));
    for (const text of ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'BÁO CÁO', 'UBND QUẬN BA ĐÌNH', 'Nguyễn Thị Hạnh']) expect(filled.paragraphs).toContain(text);
  });
});

describe('is refused with what to do', () => {
  it('what is no Word file, or one beyond the limits', async () => {
    const file = await ownTemplate();
    const bomb = altered(file, (parts) => void (parts['word/media/a.bin'] = new Uint8Array(25 * 2 ** 20)));
    const entities = altered(file, inPart('word/document.xml', '?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'));
    const broken = altered(file, inPart('word/document.xml', '</w:body>', ''));
    const sheet = altered(file, (parts) => void delete parts['word/document.xml']);
    for (const bytes of [strToU8('Kính gửi'), file.slice(0, 900), bomb, entities, broken, sheet]) expect(await reasons(bytes)).toBe('template-unreadable');
    expect((await send(new Uint8Array(3 * 2 ** 20))).statusCode).toBe(422);
  });

  it('places with other names, left open, twice or not there', async () => {
    const body = paragraph('{{Nội dung}}');
    expect(await reasons(await docx([body, paragraph('{{Giám đốc}} ký')]))).toContain('no place called {{Giám đốc}}');
    expect(await reasons(await docx([body, paragraph('{{Người ký')]))).toContain('not complete in “{{Người ký”');
    for (const children of [[paragraph('Không có gì')], [body, paragraph('{{NOI DUNG}}')], [paragraph('Sau đây: {{Nội dung}}')]])
      expect(await reasons(await docx(children))).toContain('exactly one paragraph of its own');
    const cell = new Table({ rows: [new TableRow({ children: [new TableCell({ children: [paragraph('{{Nội dung}}')] })] })] });
    expect(await reasons(await docx([cell]))).toContain('outside of tables');
    expect(await reasons(await docx([paragraph('x')], { footers: { default: new Footer({ children: [paragraph('{{Nội dung}}')] }) } }))).toContain(
      'outside of tables',
    );
  });

  it('macros, embedded files, and whatever is fetched from elsewhere when it is opened', async () => {
    const file = await docx([paragraph('{{Nội dung}}'), paragraph('LIÊN KẾT')]);
    const relation = (type: string, mode = ' TargetMode="External"') =>
      inPart(
        'word/_rels/document.xml.rels',
        '</Relationships>',
        `<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="http://la.example/x"${mode}/></Relationships>`,
      );
    const field = (words: string) => inPart('word/document.xml', /<w:r>(?:(?!<w:r>).)*LIÊN KẾT/, `<w:r><w:instrText>${words}</w:instrText></w:r>$&`);
    for (const change of [
      (parts: Record<string, Uint8Array>) => void (parts['word/vbaProject.bin'] = strToU8('x')),
      (parts: Record<string, Uint8Array>) => void (parts['word/embeddings/a.xlsx'] = strToU8('x')),
    ])
      expect(await reasons(altered(file, change))).toContain('macros or embedded files');
    for (const change of [
      relation('image'),
      relation('attachedTemplate'),
      relation('aFChunk', ''),
      field('DDEAUTO c:\\\\x'),
      field('INCLUDEPICTURE "http://la.example/a.png"'),
    ])
      expect(await reasons(altered(file, change))).toContain('from elsewhere');
    expect((await send(altered(file, relation('hyperlink')))).statusCode).toBe(200);
  });
});
