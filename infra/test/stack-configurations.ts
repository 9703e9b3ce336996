import { readFileSync } from 'node:fs';
import { defaultLadderConfig, hevcLadder } from '@fyrestream/events';

/** Reads Pulumi.dev.yaml: one key and one plain value per line. */
export function readDevConfiguration(): Record<string, unknown> {
  const text = readFileSync(new URL('../../Pulumi.dev.yaml', import.meta.url), 'utf8');
  const lines = [...text.matchAll(/^ {2}([\w-]+:[\w-]+): (.+)$/gm)];
  return Object.fromEntries(lines.map(([, key, value]) => [key, value]));
}

/** The stack `dev` with a webhook, for the diagram: without one it has no notifier. */
export function drawnConfiguration(): Record<string, unknown> {
  return { ...readDevConfiguration(), 'fyrestream:webhooks': { studio: { url: 'https://example.com' } } };
}

/** A configuration that uses every feature. */
export const prodConfiguration = {
  'aws:region': 'eu-central-1',
  'aws:profile': 'video',
  'aws:assumeRoles': [{ roleArn: 'arn:aws:iam::123456789012:role/deploy' }],
  'aws:allowedAccountIds': ['123456789012'],
  'aws:defaultTags': { tags: { owner: 'operations' } },
  'aws:httpsProxy': 'http://user:password@proxy.example.com',
  'fyrestream:architecture': 'arm64',
  'fyrestream:nat': 'per-az',
  'fyrestream:availabilityZones': 3,
  'fyrestream:ladder': {
    ...defaultLadderConfig,
    ladders: [...defaultLadderConfig.ladders, hevcLadder],
    hdr: 'keep',
  },
  'fyrestream:profiles': {
    mobile: { audio: { bitrateBitsPerSecond: 64_000 } },
    archive: { hdr: 'keep', priority: 'bulk' },
  },
  'fyrestream:profileRules': [{ pattern: 'clips/*', profile: 'mobile' }],
  'fyrestream:image': {
    debian: `debian:trixie-slim@sha256:${'d'.repeat(64)}`,
    node: `node:24-trixie-slim@sha256:${'e'.repeat(64)}`,
    updated: '2026-11-30',
  },
  'fyrestream:taskSize': { cpuUnits: 8192, memoryMiB: 16_384, ephemeralStorageGiB: 100 },
  'fyrestream:maxConcurrentTasks': 50,
  'fyrestream:pollerConcurrency': 5,
  'fyrestream:costLimitUsd': 20,
  'fyrestream:monthlyBudgetUsd': 2000,
  'fyrestream:alertEmail': 'operations@example.com',
  'fyrestream:uploadOrigins': ['https://studio.example.com'],
  'fyrestream:archiveSourcesAfterDays': 90,
  'fyrestream:deleteAfterSourceDays': 30,
  'fyrestream:logRetentionDays': 90,
  'fyrestream:delivery': { mode: 'public' },
  'fyrestream:api': 'iam',
  'fyrestream:webhooks': {
    studio: { url: 'https://studio.example.com/hooks/fyrestream' },
    archive: { url: 'https://archive.example.com/', kinds: ['job-succeeded'] },
  },
  'fyrestream:tags': { team: 'video' },
};
