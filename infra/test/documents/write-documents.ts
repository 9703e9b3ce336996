// pnpm --filter infra documents: writes the generated parts of `docs`.
import { writeFileSync } from 'node:fs';
import { recordProgram } from '../recording/record-program.ts';
import { drawnConfiguration, prodConfiguration } from '../stack-configurations.ts';
import { renderDeployPolicy, renderDocuments } from './render-documents.ts';

const drawn = await recordProgram({ stack: 'dev', config: drawnConfiguration() });
const prod = await recordProgram({ stack: 'prod', config: prodConfiguration });
for (const { exitCode, errors, standardError } of [drawn, prod]) {
  // Otherwise documents without resources would replace the right ones, for example where bundles are older than their sources.
  if (exitCode === 0) continue;
  throw new Error(`The program failed, so nothing was written:\n${[...errors, standardError].join('\n')}`);
}
for (const { file, text } of [...(await renderDocuments(drawn)), renderDeployPolicy(prod)]) {
  writeFileSync(file, text);
}
