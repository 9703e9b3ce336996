import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLadderConfig } from '@fyrestream/events';
import { configureTopology } from '@fyrestream/local';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLadder } from '../plan/read-ladder.ts';
import { readConfig } from './read-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const ladderInYaml = `
version: 1
ladders:
  - codec: h264
    speed: veryfast
    rungs:
      - { shortEdgePixels: 240, constantRateFactor: 24, maximumBitrateBitsPerSecond: 400000 }
audio: { bitrateBitsPerSecond: 128000 }
hdr: tone-map
`;
const indented = ladderInYaml.trim().replaceAll('\n', '\n    ');

it('reads a ladder alike from YAML and JSON', async () => {
  const ladder = await readLadder(write('ladder.yaml', ladderInYaml));
  expect(ladder.ladders[0]?.rungs).toHaveLength(1);
  expect(await readLadder(write('ladder.json', JSON.stringify(ladder)))).toEqual(ladder);
});

it("reads a stack's file of Pulumi: its own settings and region, not those of others", async () => {
  const text = `config:
  aws:region: eu-central-1
  other:thing: 1
  fyrestream:ladder:
    ${indented}
  fyrestream:maxConcurrentTasks: 3
  fyrestream:monthlyBudgetUsd: 500
  fyrestream:alertEmail: operations@example.com
`;
  const { settings, region } = await readConfig(write('Pulumi.prod.yaml', text));
  expect(region).toBe('eu-central-1');
  expect(Object.keys(settings).toSorted()).toEqual([
    'alertEmail',
    'ladder',
    'maxConcurrentTasks',
    'monthlyBudgetUsd',
  ]);
  const { topology, unusedSettings } = configureTopology(settings, region);
  expect(topology).toMatchObject({ priceRegion: 'eu-central-1', maxRunningTasks: 3, costLimitUsd: 1_000 });
  expect(topology.ladder.ladders[0]?.rungs).toHaveLength(1);
  expect(unusedSettings).toEqual(['monthlyBudgetUsd', 'alertEmail']);
});

it('says what to write instead of the webhook of a stack of release 0.1.0', async () => {
  const text = `config:
  fyrestream:webhook: { url: https://example.com }
  fyrestream:webhookKey:
    secure: v1:abcdefghijklmnopqrstuvwxyz
`;
  await expect(readConfig(write('Pulumi.old.yaml', text))).rejects.toThrow(
    /fyrestream:webhook is replaced by `fyrestream:webhooks`.*; fyrestream:webhookKey is replaced/,
  );
});

it('reads the file of the stack dev, and a file that contains only settings', async () => {
  const dev = await readConfig(new URL('../../../../Pulumi.dev.yaml', import.meta.url).pathname);
  expect(dev).toMatchObject({ region: 'us-east-1', settings: { monthlyBudgetUsd: 50 } });
  const json = write('settings.json', JSON.stringify({ costLimitUsd: 2, 'fyrestream:spot': false }));
  expect(await readConfig(json)).toEqual({ settings: { costLimitUsd: 2, spot: false }, region: undefined });
});

it('documents the schema of a ladder by an example that it accepts', async () => {
  const page = readFileSync(new URL('../../../../docs/settings.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([^`]*fyrestream:ladder[^`]*)```/.exec(page) ?? [];
  expect((await readConfig(write('example.yaml', example))).settings.ladder?.ladders[0]?.rungs).toHaveLength(
    2,
  );
});

it.each([
  ['is missing', null, /gone\.yaml cannot be read\.$/],
  ['is neither YAML nor JSON', '{ ladder: [', /is neither YAML nor JSON, see line 1, column \d+\.$/],
  ['is a list', '- ladder', /must contain settings by their names\.$/],
  ['has an unknown setting', 'laddder: 1', /: fyrestream:laddder is not a known setting\.$/],
  [
    'has a wrong rung',
    `config:\n  fyrestream:ladder:\n    ${indented.replace('240', '241')}`,
    /fyrestream:ladder\.ladders\.0\.rungs\.0\.shortEdgePixels: must be even/,
  ],
  [
    'lacks a field',
    JSON.stringify({ ladder: { ...defaultLadderConfig, audio: {} } }),
    /fyrestream:ladder\.audio\.bitrateBitsPerSecond is missing\.$/,
  ],
])('a config file that %s is one sentence with the path of the field', async (_case, text, sentence) => {
  const path = text === null ? join(folder, 'gone.yaml') : write('bad.yaml', text);
  const error = await readConfig(path).catch((thrown: unknown) => thrown as Error);
  expect(error).toMatchObject({ code: 'bad-config', message: expect.stringMatching(sentence) });
  expect((error as Error).message).not.toContain('\n');
});
