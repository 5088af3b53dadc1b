import { expect, test } from 'vitest';
import type { ToStage } from '../core/bridge.ts';
import type { StageLink } from './shell.ts';
import { stagePages } from './stage-pages.ts';

const board: ToStage = { type: 'board', board: null };

function setUp() {
  const links: StageLink[] = [];
  const received: unknown[] = [];
  const warnings: object[] = [];
  let detached = 0;
  let beats = 0;
  const log = { info() {}, error() {}, warn: (fields: object) => void warnings.push(fields) };
  const pages = stagePages({
    attach(link) {
      links.push(link);
      return { receive: (message) => void received.push(message), detach: () => void (detached += 1) };
    },
    log,
    onBeat: () => void (beats += 1),
  });
  const page = () => {
    const sent: ToStage[] = [];
    const link = { sent, gone: 0, send: (message: ToStage) => void sent.push(message), superseded: () => void (link.gone += 1) };
    return link;
  };
  return { pages, links, received, warnings, page, detached: () => detached, beats: () => beats };
}

test('carries messages both ways and drops what is not one', () => {
  const { pages, links, received, warnings, page, beats } = setUp();
  const link = page();
  const stage = pages.join('window', link);
  links[0]?.send(board);
  expect(link.sent).toEqual([board]);
  for (const nonsense of [null, 7, 'hello', {}, { type: 'hallo' }, { type: 'shown', turn: 1 }]) stage.receive(nonsense);
  stage.receive({ type: 'hello' });
  stage.receive({ type: 'beat', turn: null, frameAt: 1, heapBytes: null, viewport: { width: 1, height: 1 } });
  expect(received.map((message) => (message as { type: string }).type)).toEqual(['hello', 'beat']);
  expect(beats()).toBe(1);
  expect(warnings.length).toBe(3);
});

test('attaches a page that comes again and lets go of the one before', () => {
  const { pages, links, received, page, detached } = setUp();
  const [first, second] = [page(), page()];
  const old = pages.join('window', first);
  pages.join('window', second);
  expect([first.gone, second.gone, detached(), links.length]).toEqual([1, 0, 1, 2]);
  old.receive({ type: 'hello' });
  old.detach();
  expect([received.length, detached()]).toEqual([0, 1]);
});

test('shows a watcher what is known, and reports nothing of it to the player', () => {
  const { pages, links, received, page } = setUp();
  pages.join('window', page());
  links[0]?.send(board);
  const watcher = page();
  const watched = pages.join('watcher', watcher);
  watched.receive({ type: 'hello' });
  watched.receive({ type: 'shown', turn: 't', item: 'i', at: 1 });
  expect(watcher.sent).toEqual([board]);
  links[0]?.send(board);
  expect(watcher.sent.length).toBe(2);
  watched.detach();
  links[0]?.send(board);
  expect([watcher.sent.length, received.length]).toEqual([2, 0]);
});
