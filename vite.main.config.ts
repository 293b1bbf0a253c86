import { defineConfig } from 'vite';
import { listPackages } from './scripts/licences/bundled.ts';

/** The main process of both hosts, bundled for Node 24 and Electron. What stays outside is named here, and nowhere else. */
export default defineConfig({
  plugins: [listPackages('main')],
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    rolldownOptions: {
      input: { web: 'main/web.ts', electron: 'main/electron.ts' },
      external: ['electron', 'better-sqlite3'],
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        // Smaller, with the names kept: they are what a fault in the log is found by.
        minify: {
          mangle: false,
          compress: { keepNames: { function: true, class: true } },
          codegen: { removeWhitespace: true },
        },
      },
    },
  },
  // Every package but those two is bundled, so that a new one needs no line in electron-builder.yml.
  ssr: { noExternal: true },
});
