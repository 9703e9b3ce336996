import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { allowElementStyles } from './build/element-styles.ts';

export default defineConfig({
  build: {
    // The Content-Security-Policy allows no styles and fonts in URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      onLog(level, log, report) {
        // Packages mark their modules with "use client" for servers; the console has none.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  plugins: [allowElementStyles(), compressFiles()],
});

/** Writes a compressed copy beside each file: the server sends those to browsers. */
function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    writeBundle: {
      sequential: true,
      async handler({ dir = 'dist' }, bundle) {
        const paths = Object.keys(bundle).map((name) => join(dir, name));
        await Promise.all(paths.map(compressFile));
      },
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  await Promise.all([
    promisify(brotliCompress)(content).then((data) => writeFile(`${path}.br`, data)),
    promisify(gzip)(content).then((data) => writeFile(`${path}.gz`, data)),
  ]);
}
