// Builds player and shell into one file below dist/, with all it needs: half the memory and start-up of the sources.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: here('../dist/chromium'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      input: { main: here('main.ts'), 'hash-thread': here('../player/hash-thread.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
