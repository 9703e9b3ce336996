import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackCases } from './cases/attack-cases.ts';
import { findTraceViolations } from './read-trace.ts';
import { type AttackResult, runAttacks } from './run-attacks.ts';
import { startTracedCloud, type TracedCloud } from './start-traced-cloud.ts';
import { straceArguments } from './strace-arguments.ts';
import { whyTracingIsMissing } from './why-tracing-is-missing.ts';

const missing = whyTracingIsMissing();
if (missing !== null) console.warn(`Skipped: the attack suite ${missing}.`);

/** `pnpm attack` sends all. Only the last three reach a worker. */
const shortPart = [
  'foreign file: HLS playlist, as .mp4',
  'foreign file: ffconcat script, as .mov',
  'foreign file: DASH manifest, as .mkv',
  'foreign file: SVG with an image, as .mp4',
  'foreign file: RTSP text, as .mov',
  'foreign file: playlist after a byte order mark',
  'foreign file: ASX playlist, as .mov',
  'foreign file: SMIL, as .mp4',
  'foreign file: playlist in utf16le with a mark',
  'foreign file: playlist after the start of an MP4',
  'foreign file: QuickTime data reference to a URL',
  'foreign file: QuickTime reference movie of a file',
];

describe.skipIf(missing !== null)(`hostile uploads (${missing ?? 'traced'})`, () => {
  let traced: TracedCloud;
  let results: AttackResult[];

  beforeAll(async () => {
    traced = await startTracedCloud();
    results = await runAttacks(
      traced,
      attackCases(traced).filter(({ name }) => shortPart.includes(name)),
    );
  });
  afterAll(() => traced.remove());

  it.each(shortPart)('%s: opens no other file, calls nobody, ends as it should', (name) => {
    expect(results.find(({ attack }) => attack.name === name)).toMatchObject({ differences: [] });
  });

  it('a program that opens the secret, or calls the decoy, is found', async () => {
    const tracePath = join(traced.secretPath, '..', 'trace');
    const program = `cat ${traced.secretPath} > /dev/null; : < /dev/tcp/127.0.0.1/${new URL(traced.decoyUrl).port}`;
    spawnSync('strace', [...straceArguments(tracePath), '/bin/bash', '-c', program]);
    // The tracer can end after the program.
    let trace = '';
    while (!trace.includes('connect(')) trace = await readFile(tracePath, 'utf8');
    const rules = { scratch: '/nothing', temporaryDirectory: '/tmp', programDirectories: [], ports: [] };
    expect(findTraceViolations(trace, rules)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^cat opens .*secret\.mp4$/),
        expect.stringMatching(/^bash connects/),
      ]),
    );
  });
});
