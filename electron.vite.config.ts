import { existsSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const rendererRoot = join(root, 'src-renderer');
const rendererPage = join(rendererRoot, 'index.html');

/**
 * Views have addresses with several parts, below which relative file names would lead nowhere. A plugin, because
 * electron-vite overwrites the plain `base` option.
 */
const absoluteBase = { name: 'absolute-base', config: () => ({ base: '/' }) };

/**
 * Three bundles under `out/`: main (ES modules, packages stay outside), preload (one CommonJS file, because a sandboxed preload
 * may load nothing), renderer (everything inside).
 */
export default defineConfig({
  main: {
    build: {
      outDir: join(root, 'out/main'),
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: join(root, 'src-main/shell/index.ts'),
          'core-thread': join(root, 'src-main/engine/core/thread-entry.ts'),
          'kpi-thread': join(root, 'src-main/engine/kpi/kpi-thread-entry.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: join(root, 'out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  ...(existsSync(rendererPage)
    ? {
        renderer: {
          root: rendererRoot,
          plugins: [react(), absoluteBase],
          build: {
            outDir: join(root, 'out/renderer'),
            // Fonts and pictures stay files of their own: the content security policy then needs no exception for scripts.
            assetsInlineLimit: 0,
            rolldownOptions: { input: rendererPage },
          },
        },
      }
    : {}),
});
