// A bridge to the page that embeds the preview: messages by postMessage, from and to the same origin only.
import type { StageBridge } from '../core/bridge.ts';

export function frameBridge(page: Window): StageBridge {
  return {
    send: (message) => {
      if (page.parent !== page) page.parent.postMessage(message, page.location.origin);
    },
    onMessage: (listener) => {
      page.addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
        if (origin === page.location.origin && (source === page.parent || source === page)) listener(data);
      });
    },
  };
}
