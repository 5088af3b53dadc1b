// Builds main process and player into one file below dist/, and the preload into another: a sandboxed preload is one CommonJS file.
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let preloadFolder = here('../dist/electron');

const preload: Plugin = {
  name: 'preload',
  configResolved: ({ build: { outDir } }) => {
    preloadFolder = outDir;
  },
  async closeBundle() {
    await build({
      configFile: false,
      root: here('.'),
      logLevel: 'warn',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: here('preload.ts'),
        outDir: preloadFolder,
        emptyOutDir: false,
        target: 'node24',
        rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
      },
    });
  },
};

export default defineConfig({
  root: here('.'),
  plugins: [preload],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: here('../dist/electron'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      input: { main: here('main.ts'), 'hash-thread': here('../player/hash-thread.ts') },
      external: ['electron'],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
