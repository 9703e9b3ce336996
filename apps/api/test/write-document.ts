// `pnpm --filter @fyrestream/api document`: writes docs/openapi.json, from which the types of packages/client are generated.
import { writeFileSync } from 'node:fs';
import { describeApi } from '../src/create-api.ts';

writeFileSync(new URL('../../../docs/openapi.json', import.meta.url), describeApi());
