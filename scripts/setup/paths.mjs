// Where the folders of a clone are, for scripts that may be started from anywhere.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const cache = join(root, '.cache');
export const logs = join(cache, 'logs');
