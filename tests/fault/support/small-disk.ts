// A small disk of one's own: a mount that only the command under it sees, where the machine lets people have one.
import { spawnSync } from 'node:child_process';

const inOwnMount = ['--user', '--map-root-user', '--mount'];

export const canMount = spawnSync('unshare', [...inOwnMount, 'true']).status === 0;
export const cannotMount = 'skipped: this machine lets nobody mount a small disk';

/**
 * What starts a command over a small disk; the command follows.
 * @param folder becomes the disk
 * @param size as mount takes it, such as `40m`
 * @param filled how much is taken from the start, as `head -c` takes it; no more than there is
 */
export function onSmallDisk(folder: string, size: string, filled?: string): [string, ...string[]] {
  const fill = filled === undefined ? '' : '(head -c "$3" /dev/zero > "$1/filler" 2> /dev/null || :) && ';
  const script = `mount -t tmpfs -o size="$2" tmpfs "$1" && ${fill}shift 3 && exec "$@"`;
  return ['unshare', ...inOwnMount, 'sh', '-c', script, 'sh', folder, size, filled ?? '0'];
}

/**
 * Takes every byte that is left now on the small disk of a running process, whose own files come and go.
 * @param folder the disk, as that process sees it
 */
export function fillSmallDisk(pid: number, folder: string): void {
  spawnSync('sh', ['-c', 'head -c 1G /dev/zero >> "$1/filler"', 'sh', `/proc/${pid}/root${folder}`]);
}
