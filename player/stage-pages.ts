// Joins pages to the player: the page in the shell's own window plays and reports; any other page that opens the stage only watches.
import { fromStageSchema, type ToStage } from '../core/bridge.ts';
import type { Log } from './log.ts';
import type { AttachedStage, PlayerForShell } from './shell.ts';

/** `window`: the page that the shell has opened. `watcher`: a person's browser on the stage's address. */
export type PageRole = 'window' | 'watcher';

export interface PageLink {
  send(message: ToStage): void;
  /** Another page has taken its place. */
  superseded(): void;
}

export interface StagePages {
  /** A page that comes again attaches again; of the shell's own pages only the newest is attached. */
  join(role: PageRole, link: PageLink): AttachedStage;
}

interface StagePagesOptions {
  readonly attach: PlayerForShell['attach'];
  readonly log: Log;
  /** The window's page lives; with the reason when what it draws cannot be seen. */
  readonly onBeat: (unseen: string | undefined) => void;
  readonly onSent?: (message: ToStage) => void;
}

export function stagePages({ attach, log, onBeat, onSent = () => {} }: StagePagesOptions): StagePages {
  const latest = new Map<ToStage['type'], ToStage>();
  const watchers = new Set<PageLink>();
  let current: { readonly link: PageLink; readonly stage: AttachedStage } | undefined;
  let dropped = 0;

  const remember = (message: ToStage) => {
    if (message.type === 'plan') latest.delete('revoked');
    // Set anew, so that a watcher gets the messages in the order in which they came.
    latest.delete(message.type);
    // Who comes later has missed it.
    if (message.type !== 'identify' && message.type !== 'speck') latest.set(message.type, message);
    for (const watcher of watchers) watcher.send(message);
    onSent(message);
  };

  const watch = (link: PageLink): AttachedStage => {
    watchers.add(link);
    return {
      receive(raw) {
        const message = fromStageSchema.safeParse(raw);
        if (message.success && message.data.type === 'hello') for (const known of latest.values()) link.send(known);
      },
      detach: () => void watchers.delete(link),
    };
  };

  const play = (link: PageLink): AttachedStage => {
    const before = current;
    current = undefined;
    before?.stage.detach();
    const stage = attach({
      send(message) {
        remember(message);
        link.send(message);
      },
    });
    const mine = { link, stage };
    current = mine;
    before?.link.superseded();
    return {
      receive(raw) {
        if (current !== mine) return;
        const message = fromStageSchema.safeParse(raw);
        if (!message.success) {
          dropped += 1;
          // A page gone mad must not fill the disk with its log.
          if (Number.isInteger(Math.log2(dropped)))
            log.warn({ dropped, issue: message.error.issues[0]?.message }, 'the page said something that is not a message');
          return;
        }
        if (message.data.type === 'beat') onBeat(message.data.unseen);
        stage.receive(message.data);
      },
      detach() {
        if (current !== mine) return;
        current = undefined;
        stage.detach();
      },
    };
  };

  return { join: (role, link) => (role === 'window' ? play(link) : watch(link)) };
}
