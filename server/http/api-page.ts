// docs/api.md: every route with who may call it, what it takes and what it answers, written from the OpenAPI document.
import { errors } from '../../core/errors.ts';
import { operationsOf, type ApiDocument, type ListedOperation, type Operation } from './api-document.ts';
import { accessText } from './docs-page.ts';
import { typeText } from './type-text.ts';

const intro = `# API

Written by \`npm run docs:api\` from the OpenAPI document of the server (\`GET /api/docs/json\`); a test compares, so change the routes and not this page.

People call it by the console's cookie, and for what changes something with the \`Origin\` of this server; programs by \`Authorization: Bearer TOKEN\` where a scope is named. A role means at least that role: viewer, editor, approver, admin.
Within: \`own-unit\` refuses what lies outside the caller's unit, \`city\` is for callers of the whole city, \`anywhere\` asks nothing more. Instants are epoch milliseconds, dates \`YYYY-MM-DD\`. Every failure is
\`{ "error": { "code", "vi", "en", "details" } }\`; the codes stand at the end. How a player speaks stands in [protocol.md](protocol.md).`;

/** What people write they have to know whole; an answer they see. */
const depths = { body: 4, answer: 2 } as const;

function block(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, '', '```ts', ...lines, '```', ''];
}

function bodyOf({ requestBody }: Operation): string[] {
  return Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema }], index) =>
    type === 'application/json' || index === 0 ? block(type === 'application/json' ? 'Takes' : `Takes \`${type}\``, [typeText(schema, depths.body)]) : [],
  );
}

function answersOf({ responses }: Operation): string[] {
  return Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .flatMap(([status, { content }]) => {
      const types = Object.entries(content ?? {});
      const [first] = types;
      if (!first) return [`Answers ${status}.`, ''];
      const [type, { schema }] = first;
      if (type !== 'application/json') return [`Answers ${status}: ${types.map(([each]) => `\`${each}\``).join(', ')}.`, ''];
      return block(`Answers ${status}`, [typeText(schema, depths.answer)]);
    });
}

function routeText({ path, method, operation }: ListedOperation): string[] {
  const access = operation['x-access'];
  const within = typeof access === 'object' && access.within !== undefined ? `, within ${access.within}` : '';
  const parameters = operation.parameters
    .filter(({ in: where }) => where !== 'path')
    .map(({ name, in: where, required, schema }) => `- \`${name}\` (${where}${required ? ', required' : ''}): \`${typeText(schema, depths.body)}\``);
  return [
    `### ${method.toUpperCase()} ${path.replaceAll('*', '\\*')}`,
    '',
    `${operation.summary}.`,
    '',
    `For: ${accessText(access)}${within}.`,
    '',
    ...(parameters.length > 0 ? [...parameters, ''] : []),
    ...bodyOf(operation),
    ...answersOf(operation),
  ];
}

export function apiPage(document: ApiDocument): string {
  const operations = operationsOf(document);
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort();
  const sections = tags.flatMap((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag)).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return [`## ${tag}`, '', ...own.flatMap(routeText)];
  });
  const codes = Object.entries(errors).map(([code, { status, en }]) => `| \`${code}\` | ${status} | ${en.replaceAll('|', '\\|')} |`);
  return [intro, '', ...sections, '## errors', '', '| code | status | what to do |', '| --- | --- | --- |', ...codes, ''].join('\n');
}
