#!/usr/bin/env node
// fyrestream-bundle ENTRY OUTFILE [--external NAME]… [--asset FILE]…: one self-contained ES module for Node 24, as it
// runs on Lambda and Fargate. What is external is left to be found by Node: it reads its own files, so it has to stay
// where it is. An asset is a file of a package that is read at run time; it is copied beside the bundle.
import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { oneLanguage } from './one-language.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    external: { type: 'string', multiple: true, default: [] },
    asset: { type: 'string', multiple: true, default: [] },
  },
});
const [entry, outfile] = positionals;
if (!entry || !outfile) {
  process.stderr.write('usage: fyrestream-bundle ENTRY OUTFILE [--external NAME]… [--asset FILE]…\n');
  process.exit(2);
}

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  external: values.external,
  plugins: [oneLanguage],
  platform: 'node',
  target: 'node24',
  // Without esbuild's own `module`: packages name builds for browsers by it.
  conditions: [],
  format: 'esm',
  // Names stay, for stack traces and error names.
  minify: true,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  // CommonJS dependencies (fluent-ffmpeg among them) expect these in an ES module too.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      "import { fileURLToPath as __fileURLToPath } from 'node:url';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = __fileURLToPath(import.meta.url);',
      "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
}).catch(() => process.exit(1)); // esbuild has said what is wrong.

const packages = createRequire(resolve(entry));
for (const asset of values.asset)
  await copyFile(packages.resolve(asset), join(dirname(outfile), basename(asset)));
