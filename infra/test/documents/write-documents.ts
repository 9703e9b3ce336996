// pnpm --filter infra documents: writes the parts of `docs` that are made from the code.
import { writeFileSync } from 'node:fs';
import { makeDocuments } from './documents.ts';

for (const { file, text } of await makeDocuments()) writeFileSync(file, text);
