// pnpm --filter infra documents: writes the generated parts of `docs`.
import { writeFileSync } from 'node:fs';
import { recordProgram } from '../recording/record-program.ts';
import { prodConfiguration, readDevConfiguration } from '../stack-configurations.ts';
import { renderDeployPolicy, renderDocuments } from './render-documents.ts';

const dev = await recordProgram({ stack: 'dev', config: readDevConfiguration() });
const prod = await recordProgram({ stack: 'prod', config: prodConfiguration });
for (const { file, text } of [...(await renderDocuments(dev)), renderDeployPolicy(prod)]) {
  writeFileSync(file, text);
}
