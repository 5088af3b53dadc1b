// A plain page of the OpenAPI document: every route with who may call it and the shape of its body. No script.
import { errors } from '../../core/errors.ts';
import { operationsOf, type ApiDocument, type Operation } from './api-document.ts';

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function accessText(access: Operation['x-access']): string {
  if (typeof access === 'string') return access;
  return access.scope === undefined ? access.role : `${access.role}, or a token of scope ${access.scope}`;
}

export function docsPage(document: ApiDocument): string {
  const { info } = document;
  const operations = operationsOf(document);
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort();
  const section = (tag: string) => {
    const rows = operations
      .filter(({ operation }) => operation.tags.includes(tag))
      .map(({ path, method, operation }) => {
        const body =
          operation.requestBody === undefined
            ? ''
            : `<details><summary>body</summary><pre>${escape(JSON.stringify(operation.requestBody, null, 2))}</pre></details>`;
        return `<tr><td><code>${method.toUpperCase()}</code></td><td><code>${escape(path)}</code>${body}</td><td>${escape(operation.summary)}</td><td>${escape(accessText(operation['x-access']))}</td></tr>`;
      });
    return `<h2>${escape(tag)}</h2><table><tr><th>method</th><th>path</th><th>what</th><th>who</th></tr>${rows.join('')}</table>`;
  };
  const failures = Object.entries(errors).map(([code, { status, en }]) => `<tr><td><code>${code}</code></td><td>${status}</td><td>${escape(en)}</td></tr>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escape(info.title)} API</title><link rel="stylesheet" href="/api/docs/style.css">
<h1>${escape(info.title)} ${escape(info.version)}</h1>
<p>OpenAPI: <a href="/api/docs/json">/api/docs/json</a>. Staff sign in by cookie; programs send <code>Authorization: Bearer TOKEN</code>. A request that changes something by cookie needs the <code>Origin</code> of this server.</p>
${tags.map(section).join('\n')}
<h2>errors</h2><p><code>{ "error": { "code", "vi", "en", "details" } }</code></p><table><tr><th>code</th><th>status</th><th>words</th></tr>${failures.join('')}</table></html>`;
}

export const docsStyle = `body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1b2f;background:#fdfcf8}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d9d5c7}
pre{max-height:20rem;overflow:auto;background:#f2efe4;padding:.6rem;font-size:13px}code{font-size:14px}
`;
