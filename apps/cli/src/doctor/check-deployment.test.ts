import { expect, it } from 'vitest';
import { checkDeployment, type Deployment } from './check-deployment.ts';
import type { RunCheckTool, ToolAnswer } from './run-check-tool.ts';

const deployment: Deployment = {
  region: 'eu-central-1',
  architecture: 'x86_64',
  maxConcurrentTasks: 4,
  hasPassphrase: false,
};
const missing = { failure: null };

/** Answers by the beginning of the command. */
const ready: Readonly<Record<string, ToolAnswer>> = {
  'node --version': { output: 'v24.21.0' },
  'pulumi version': { output: 'v3.218.0' },
  'pulumi whoami': { output: 'User: me\nOrganizations: me\nBackend URL: https://app.pulumi.com/me' },
  'docker version': { output: '28.1.0' },
  'docker buildx': { output: 'Platforms: linux/amd64, linux/amd64/v2' },
  'jq --version': { output: 'jq-1.7' },
  'aws sts': { output: 'arn:aws:iam::123456789012:user/me' },
  'aws iam': { output: '{}' },
  'aws service-quotas': { output: '16.0' },
  'aws lambda': { output: '1000' },
};

async function verdicts(changes: Readonly<Record<string, ToolAnswer>>, of: Partial<Deployment> = {}) {
  const answers = { ...ready, ...changes };
  const run: RunCheckTool = async (file, argv) => {
    const command = [file, ...argv].join(' ');
    return Object.entries(answers).find(([start]) => command.startsWith(start))?.[1] ?? missing;
  };
  return checkDeployment(run, { ...deployment, ...of });
}

it('finds nothing where all is ready for the first deployment', async () => {
  const findings = await verdicts({});
  expect(findings.filter(({ verdict }) => verdict !== 'well')).toEqual([]);
  expect(findings).toHaveLength(10);
});

it.each<[string, string, Record<string, ToolAnswer>, Partial<Deployment>, RegExp]>([
  [
    'Pulumi would start an old Node',
    'node',
    { 'node --version': { output: 'v20.20.2' } },
    {},
    /20\.20\.2 is too old/,
  ],
  [
    'Pulumi would find no Node',
    'node',
    { 'node --version': missing },
    {},
    /no node on PATH: install Node 24/,
  ],
  ['Pulumi is missing', 'pulumi', { 'pulumi version': missing }, {}, /install it/],
  ['Pulumi is too old', 'pulumi', { 'pulumi version': { output: 'v3.217.0' } }, {}, /too old: .*3\.218/],
  ['nobody is logged in', 'state', { 'pulumi whoami': { failure: 'error' } }, {}, /pulumi login --local/],
  [
    'a local state has no passphrase',
    'state',
    { 'pulumi whoami': { output: 'User: me\nBackend URL: file://~' } },
    {},
    /set PULUMI_CONFIG_PASSPHRASE/,
  ],
  [
    'the Docker daemon is stopped',
    'docker',
    { 'docker version': { failure: 'no socket' } },
    {},
    /start Docker/,
  ],
  ['buildx cannot build for arm64', 'buildx', {}, { architecture: 'arm64' }, /binfmt --install arm64/],
  ['the credentials are expired', 'aws', { 'aws sts': { failure: 'ExpiredToken' } }, {}, /ExpiredToken/],
  [
    'ECS was never used',
    'ecs role',
    { 'aws iam': { failure: 'An error occurred (NoSuchEntity)' } },
    {},
    /create-service-linked-role/,
  ],
  [
    'the quota allows no Full HD video',
    'fargate',
    { 'aws service-quotas': { output: '2.0' } },
    {},
    /2 vCPUs .* needs 4; request more/,
  ],
])('says what to do if %s', async (_case, about, changes, of, remedy) => {
  const finding = (await verdicts(changes, of)).find((one) => one.about === about);
  expect(finding).toMatchObject({ verdict: 'wrong', message: expect.stringMatching(remedy) });
});

it('needs neither jq nor the AWS CLI, and says what it cannot check without them', async () => {
  const findings = await verdicts({ 'jq --version': missing, 'aws sts': missing });
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  expect(unknown.map(({ about }) => about)).toEqual(['jq', 'aws']);
});

it('accepts a local state whose passphrase is set, and tells small quotas', async () => {
  const findings = await verdicts(
    {
      'pulumi whoami': { output: 'User: me\nBackend URL: file://~' },
      'aws service-quotas': { output: '6.0' },
      'aws lambda': { output: '10' },
    },
    { hasPassphrase: true },
  );
  expect(findings.filter(({ verdict }) => verdict !== 'well')).toEqual([]);
  const messages = findings.map(({ message }) => message).join('\n');
  expect(messages).toContain('6 vCPUs on demand in eu-central-1; 16 let all 4 tasks run at once');
  expect(messages).toContain('10 concurrent executions; full load uses 25');
});
