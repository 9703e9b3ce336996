// pnpm --filter infra documents: writes the parts of `docs` that are made from the code.
import { writeFileSync } from 'node:fs';
import { recordProgram } from '../recording/record-program.ts';
import { readDevConfiguration } from '../stack-configurations.ts';
import { makeDocuments } from './documents.ts';

const dev = await recordProgram({ stack: 'dev', config: readDevConfiguration() });
for (const { file, text } of await makeDocuments(dev)) writeFileSync(file, text);
