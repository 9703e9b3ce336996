// pnpm --filter infra documents: writes the generated parts of `docs`.
import { writeFileSync } from 'node:fs';
import { recordProgram } from '../recording/record-program.ts';
import { drawnConfiguration, prodConfiguration } from '../stack-configurations.ts';
import { renderDeployPolicy, renderDocuments } from './render-documents.ts';

const drawn = await recordProgram({ stack: 'dev', config: drawnConfiguration() });
const prod = await recordProgram({ stack: 'prod', config: prodConfiguration });
for (const { file, text } of [...(await renderDocuments(drawn)), renderDeployPolicy(prod)]) {
  writeFileSync(file, text);
}
