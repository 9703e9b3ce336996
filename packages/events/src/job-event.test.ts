import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jobEventSchema } from './job-event.ts';

it('is documented by an example that the schema accepts', () => {
  const page = readFileSync(new URL('../../../docs/integrating.md', import.meta.url), 'utf8');
  const example =
    page
      .split('```json\n')
      .find((block) => block.includes('"eventId"'))
      ?.split('```')[0] ?? '';
  expect(jobEventSchema.parse(JSON.parse(example))).toEqual(JSON.parse(example));
});
