// Unpacks the Chromium of @sparticuz/chromium into TMPDIR and prints its path: `node unpack.mjs FOLDER [--libraries]`, FOLDER holding the package.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder = '.', libraries] = process.argv.slice(2);
const entry = createRequire(join(folder, 'package.json')).resolve('@sparticuz/chromium');
const { default: chromium, inflate } = await import(pathToFileURL(entry).href);
if (libraries === '--libraries') await inflate(join(dirname(entry), '..', 'bin', 'al2023.tar.br'));
process.stdout.write(`${await chromium.executablePath()}\n`);
