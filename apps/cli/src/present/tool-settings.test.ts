import { expect, it } from 'vitest';
import { formatToolSettings, toolFormats, toolVariables } from './tool-settings.ts';

it('a deployed stack has region and buckets, and leaves endpoint and keys to the tools', () => {
  const variables = toolVariables({
    sourceBucket: "it's-videos",
    outputBucket: 'transcoded',
    access: { region: 'eu-central-1', local: null },
  });
  expect(formatToolSettings(variables, 'shell').split('\n')).toEqual([
    "export FYRESTREAM_SOURCE_BUCKET='it'\\''s-videos'",
    'export FYRESTREAM_OUTPUT_BUCKET=transcoded',
    'export AWS_REGION=eu-central-1',
    'export AWS_DEFAULT_REGION=eu-central-1',
  ]);
  for (const format of toolFormats) {
    expect(formatToolSettings(variables, format)).not.toMatch(/undefined|endpoint|host_base|secret/);
  }
  expect(formatToolSettings(variables, 'rclone')).toContain('provider = AWS\nenv_auth = true');
});
