#!/usr/bin/env node
// fyrestream-bundle ENTRY OUTFILE [--external NAME]… [--asset FILE]…: builds one self-contained ES module for Node 24, for
// Lambda and Fargate. External packages stay imports, because they read their own files at run time. Assets are files of
// packages that are read at run time; they are copied next to the bundle. So is OUTFILE.sources.json, which says what it was made of.
import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { describeSources } from './describe-sources.mjs';
import { englishOnly } from './english-only.mjs';

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

const { metafile } = await build({
  metafile: true,
  entryPoints: [entry],
  outfile,
  bundle: true,
  external: values.external,
  plugins: [englishOnly],
  platform: 'node',
  target: 'node24',
  // Without esbuild's default condition `module`, which selects browser builds of some packages.
  conditions: [],
  format: 'esm',
  // Keeps names for stack traces and error names.
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
}).catch(() => process.exit(1)); // esbuild has printed the errors.

const packages = createRequire(resolve(entry));
for (const asset of values.asset)
  await copyFile(packages.resolve(asset), join(dirname(outfile), basename(asset)));

const described = describeSources(Object.keys(metafile.inputs));
await writeFile(`${outfile}.sources.json`, `${JSON.stringify(described, null, 2)}\n`);
