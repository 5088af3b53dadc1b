// Builds the server into one file below dist/, with all it needs: half the memory and start-up of the sources.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  // server/public/ holds public pages, not files to copy.
  publicDir: false,
  // sharp comes with a library of the system it runs on, which no bundle can hold.
  ssr: { noExternal: true, external: ['sharp'], target: 'node' },
  build: {
    ssr: here('main.ts'),
    outDir: here('../dist/server'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name].js' } },
  },
});
