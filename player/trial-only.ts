// A real screen is never driven by root or without the browser's sandbox; a trial may be.
import type { ToStage } from '../core/bridge.ts';

export interface Weakness {
  /** The process runs as root. */
  readonly root: boolean;
  /** The browser runs without its sandbox. */
  readonly unsandboxed: boolean;
}

export function isRoot(uid = process.getuid?.()): boolean {
  return uid === 0;
}

/** One line, Vietnamese · English, when what the player now plays must not be shown from a process as weak as this. */
export function realScreenRefusal(message: ToStage, { root, unsandboxed }: Weakness): string | undefined {
  const real = message.type === 'plan' && message.plan.manifest !== 'factory' && !message.plan.screen.trial;
  if (!real) return undefined;
  if (root)
    return 'Không chạy màn hình thật bằng tài khoản root: hãy tạo một tài khoản thường và chạy lại. · A real screen is not run as root: make an ordinary account and start again.';
  if (unsandboxed)
    return 'Trình duyệt không có vùng cách ly (sandbox) nên không chạy màn hình thật. · The browser has no sandbox here, so no real screen is run.';
  return undefined;
}
