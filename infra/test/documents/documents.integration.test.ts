import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeDocuments } from './documents.ts';

it('docs say what the code says; `pnpm --filter infra documents` writes them anew', async () => {
  for (const { file, text } of await makeDocuments()) {
    expect(
      existsSync(file) ? readFileSync(file, 'utf8') : '',
      file.pathname.replace(/.*\/docs\//, 'docs/'),
    ).toBe(text);
  }
});
