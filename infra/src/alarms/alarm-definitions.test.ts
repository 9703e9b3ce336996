import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createStackNames } from '../names/stack-names.ts';
import { alarmDefinitions } from './alarm-definitions.ts';

it('says for every alarm in the documentation what to do', () => {
  const page = readFileSync(new URL('../../../docs/integrating.md', import.meta.url), 'utf8');
  const names = createStackNames({ stack: 'dev', region: 'r', accountId: 'a', partition: 'aws' }, {});
  const undocumented = alarmDefinitions(names, {
    sweepMinutes: 5,
    api: 'iam',
    webhooks: { studio: { url: 'https://example.com' } },
  })
    .map(({ name }) => `\`fyrestream-${name}\``)
    .filter((name) => !page.includes(name));
  expect(undocumented).toEqual([]);
});
