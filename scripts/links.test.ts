// Whoever follows a link on a page of the repository arrives: every relative link of every Markdown file names something that is there.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './setup/paths.mjs';

const hidden = ['node_modules', 'dist', '.cache', 'data', 'shots'];
const pages = globSync('**/*.md', { cwd: root, exclude: (name) => hidden.includes(name) });

/** Anchors as they are made of headings: lower case, words joined by hyphens, marks dropped. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function brokenLinks(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, link, attribute]) => link ?? attribute ?? '');
  return targets.filter((target) => {
    if (/^(?:https?|mailto):/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), decodeURI(path));
    if (!existsSync(join(root, file))) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(join(root, file), 'utf8')).includes(anchor);
  });
}

describe('the pages of the repository', () => {
  it('are found', () => expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', join('docs', 'protocol.md')])));

  it.each(pages)('%s has no link that leads nowhere', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('lists every decision in its index', () => {
    const index = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8');
    const notes = globSync('[0-9]*.md', { cwd: join(root, 'docs/decisions') });
    expect(notes.filter((note) => !index.includes(`(${note})`))).toEqual([]);
  });
});
