// One page's WebSocket: text that is JSON goes to the player, everything else is dropped.
import type { RawData, WebSocket } from 'ws';
import { faultText, type Log } from '../player/log.ts';
import type { PageRole, StagePages } from '../player/stage-pages.ts';

/** A page has little to say; what is longer closes its socket. */
export const maxMessageBytes = 16 * 2 ** 10;

const closeCodes = { superseded: 4_001, notText: 1_003 } as const;

export function joinSocket(socket: WebSocket, role: PageRole, pages: StagePages, log: Log): void {
  const stage = pages.join(role, {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    superseded: () => socket.close(closeCodes.superseded, 'another page plays'),
  });
  socket.on('message', (bytes: RawData, isBinary: boolean) => {
    if (isBinary) return socket.close(closeCodes.notText, 'text only');
    stage.receive(readJson(textOf(bytes)));
  });
  socket.on('error', (fault) => log.warn({ role, fault: faultText(fault) }, 'the page broke its socket'));
  socket.on('close', () => stage.detach());
}

function textOf(bytes: RawData): string {
  if (bytes instanceof ArrayBuffer) return Buffer.from(bytes).toString();
  return (Array.isArray(bytes) ? Buffer.concat(bytes) : bytes).toString();
}

/** `undefined`, which is no message either, when the text is not JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
