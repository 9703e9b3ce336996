import { join } from 'node:path';
import { build } from 'vite';

/** The package of the embed code as one module, as a content delivery network for npm serves it. */
export async function bundleEmbeddedPlayer(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'embedded-player.ts'), formats: ['es'], fileName: 'player' },
    },
  });
  const outputs = [built].flat().flatMap((bundle) => ('output' in bundle ? bundle.output : []));
  return outputs.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
}
