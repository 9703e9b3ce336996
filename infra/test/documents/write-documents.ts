// pnpm --filter infra documents: writes the generated parts of `docs`.
import { writeFileSync } from 'node:fs';
import { recordProgram } from '../recording/record-program.ts';
import { readDevConfiguration } from '../stack-configurations.ts';
import { renderDocuments } from './render-documents.ts';

const dev = await recordProgram({ stack: 'dev', config: readDevConfiguration() });
for (const { file, text } of await renderDocuments(dev)) writeFileSync(file, text);
