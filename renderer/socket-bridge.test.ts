import { describe, expect, it } from 'vitest';
import { socketAddress } from './bridge.ts';
import { reconnectDelayMs, socketBridge } from './socket-bridge.ts';

/** The part of a WebSocket that the bridge uses, driven by the test. */
class Line extends EventTarget {
  readyState = 0;
  readonly sent: string[] = [];
  send(text: string) {
    this.sent.push(text);
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  drop() {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

function start() {
  const lines: Line[] = [];
  const waits: (() => void)[] = [];
  const bridge = socketBridge('ws://stage/bridge', {
    open: () => {
      const line = new Line();
      lines.push(line);
      return line as unknown as WebSocket;
    },
    random: () => 0.5,
    later: (run) => void waits.push(run),
  });
  return { bridge, lines, waits };
}

describe('the bridge over a socket', () => {
  it('stands beside the page, whatever its secret', () => {
    expect(socketAddress('http://127.0.0.1:4000/s3cret/stage.html?x#y')).toBe('ws://127.0.0.1:4000/s3cret/bridge');
  });

  it('greets on every connection and comes back when the line drops', () => {
    const { lines, waits } = start();
    lines[0]?.open();
    lines[0]?.drop();
    expect(lines).toHaveLength(1);
    waits.forEach((run) => run());
    lines[1]?.open();
    expect(lines.map(({ sent }) => sent)).toEqual([['{"type":"hello"}'], ['{"type":"hello"}']]);
  });

  it('hands on what is JSON and drops the rest', () => {
    const { bridge, lines } = start();
    const heard: unknown[] = [];
    bridge.onMessage((message) => heard.push(message));
    for (const data of ['{"a":1}', 'no json', new Uint8Array(3)]) lines[0]?.dispatchEvent(new MessageEvent('message', { data }));
    expect(heard).toEqual([{ a: 1 }]);
  });

  it('waits longer each time, never longer than eight seconds, never in step', () => {
    expect([0, 1, 2, 20].map((attempt) => reconnectDelayMs(attempt, () => 0))).toEqual([125, 250, 500, 4_000]);
    expect(reconnectDelayMs(99, () => 1)).toBe(8_000);
  });
});
