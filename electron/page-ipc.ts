// The shell's end of the bridge: hears only the stage in its own window. Each page that says hello attaches anew.
import { ipcChannels } from '../core/bridge-names.ts';
import type { AttachedStage } from '../player/shell.ts';
import type { StagePages } from '../player/stage-pages.ts';
import type { ElectronParts, PageMessageListener, StageContents } from './electron-parts.ts';
import { stageUrl } from './stage-scheme.ts';

export interface PageIpcJoint {
  /** The page is gone: whatever it was, it shows nothing any more. */
  lost(): void;
  close(): void;
}

interface JoinOptions {
  readonly ipc: ElectronParts['ipc'];
  /** The contents of the window, while there is one. */
  readonly contents: () => StageContents | undefined;
  readonly pages: StagePages;
}

function isHello(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'hello';
}

export function joinPages({ ipc, contents, pages }: JoinOptions): PageIpcJoint {
  let page: AttachedStage | undefined;

  const detach = () => {
    page?.detach();
    page = undefined;
  };

  const hear: PageMessageListener = ({ senderFrame }, message) => {
    const ours = contents();
    if (!ours || senderFrame === null || senderFrame !== ours.mainFrame || senderFrame.url !== stageUrl) return;
    if (isHello(message)) {
      detach();
      page = pages.join('window', { send: (sent) => ours.send(ipcChannels.toStage, sent), superseded() {} });
    }
    page?.receive(message);
  };
  ipc.on(ipcChannels.fromStage, hear);

  return {
    lost: detach,
    close() {
      ipc.removeListener(ipcChannels.fromStage, hear);
      detach();
    },
  };
}
