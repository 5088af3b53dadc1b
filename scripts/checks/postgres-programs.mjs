// Where PostgreSQL's own programs are: on the PATH, or where Debian puts them.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const debian = '/usr/lib/postgresql';

/** @returns {string | undefined} the folder that holds `initdb` and `postgres`; `undefined` where PostgreSQL is not installed */
export function programsFolder() {
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.toSorted().toReversed()];
  return folders.find((folder) => ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))));
}
