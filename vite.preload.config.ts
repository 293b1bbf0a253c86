import { defineConfig } from 'vite';
import { listPackages } from './scripts/licences/bundled.ts';

/** The preload: one CommonJS file, as a sandboxed Electron renderer needs it. */
export default defineConfig({
  plugins: [listPackages('preload')],
  build: {
    outDir: 'dist/preload',
    emptyOutDir: true,
    target: 'chrome140',
    minify: false,
    lib: { entry: 'preload/index.ts', formats: ['cjs'], fileName: () => 'index.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
