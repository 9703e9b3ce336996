import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jobStatusSchema } from '@fyrestream/events';
import { lastChangedJobs, type Stack } from '@fyrestream/operations';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCloud } from './start-cloud.ts';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const page = readFileSync(pathOf('../../../docs/s3-tools.md'), 'utf8');
const [introduction = '', ...sections] = page.split(/^## /m);
const tools = [
  { title: 'AWS CLI', program: 'aws', debianPackage: 'awscli', name: 'by-aws.mov' },
  { title: 'rclone', program: 'rclone', debianPackage: 'rclone', name: 'by-rclone.mov' },
  { title: 's3cmd', program: 's3cmd', debianPackage: 's3cmd', name: 'by-s3cmd.mov' },
  { title: 'curl', program: 'curl', debianPackage: 'curl', name: 'by-curl.mov' },
  { title: 'Presigned URL', program: 'curl', debianPackage: 'curl', name: 'by-presigned-url.mov' },
].map((tool) => ({ ...tool, isInstalled: isInstalled(tool.program) }));
for (const { title, debianPackage } of tools.filter((tool) => !tool.isInstalled)) {
  console.warn(`Skipped: ${title} (Debian: sudo apt-get install --no-install-recommends ${debianPackage}).`);
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

function blocksOf(markdown: string, language: string): string {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))]
    .map(([, block]) => block)
    .join('');
}

let cloud: Awaited<ReturnType<typeof startCloud>>;
let stack: Stack;
const content = 'Dear reader,\n'.repeat(20);

beforeAll(async () => {
  cloud = await startCloud({ profiles: { mobile: { hdr: 'keep' } } });
  stack = await cloud.openStack();
  const programs = join(cloud.folder, 'bin');
  mkdirSync(programs);
  const node = process.execPath;
  // What `pnpm --silent fyrestream …` starts.
  const script = `#!/bin/sh\nshift 2\nexec '${node}' '${pathOf('../dist/main.mjs')}' "$@" --data data\n`;
  for (const [name, text] of [
    ['pnpm', script],
    ['node', `#!/bin/sh\nexec '${node}' "$@"\n`],
  ] as const) {
    writeFileSync(join(programs, name), text);
    chmodSync(join(programs, name), 0o755);
  }
  // The AWS SDK for the presigned URL.
  symlinkSync(pathOf('../../local/node_modules'), join(cloud.folder, 'node_modules'));
  writeFileSync(join(cloud.folder, 'holiday.mov'), content);
});
afterAll(() => cloud.stop());

async function runInFolder(commands: string): Promise<string> {
  const { PATH = '', HOME = '/' } = process.env;
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], {
    cwd: cloud.folder,
    env: { PATH: `${join(cloud.folder, 'bin')}${delimiter}${PATH}`, HOME },
  });
  return stdout;
}

describe('docs/s3-tools.md', () => {
  it.each(tools.filter((tool) => tool.isInstalled))(
    'the commands for $title upload a file, and its job is created',
    async ({ title, name }) => {
      const section = sections.find((text) => text.startsWith(`${title}\n`)) ?? '';
      writeFileSync(join(cloud.folder, 'presign.mjs'), blocksOf(section, 'js'));
      const output = await runInFolder(blocksOf(introduction, 'sh') + blocksOf(section, 'sh'));
      if (/ ls /.test(section)) expect(output).toContain(name);
      const key = `videos/${name}`;
      expect(await stack.store.head({ bucket: stack.sourceBucket, key })).toMatchObject({
        sizeBytes: content.length,
      });
      await vi.waitFor(async () => {
        const jobs = await lastChangedJobs(stack.ledger, jobStatusSchema.options, 100);
        expect(jobs.map(({ upload }) => upload.key)).toContain(key);
      }, 600_000);
    },
  );

  it.runIf(tools.every((tool) => tool.isInstalled))(
    'the commands for profile and options choose how the jobs are made',
    async () => {
      const section = sections.find((text) => text.startsWith('Profile and options\n')) ?? '';
      await runInFolder(blocksOf(introduction, 'sh') + blocksOf(section, 'sh'));
      const making = { profile: 'mobile', from: 'metadata', options: { title: 'At the sea' } };
      await vi.waitFor(async () => {
        const jobs = await lastChangedJobs(stack.ledger, jobStatusSchema.options, 100);
        const made = jobs.filter(({ upload }) => upload.key.startsWith('videos/mobile-by-'));
        expect(made.map((job) => job.making)).toEqual(Array(4).fill(making));
      }, 600_000);
    },
  );

  it.runIf(isInstalled('aws'))('a profile of the AWS CLI has the keys and the region', async () => {
    const output = await runInFolder(
      `pnpm --silent fyrestream env --format aws > aws.config
       AWS_CONFIG_FILE=$PWD/aws.config aws configure list --profile fyrestream`,
    );
    expect(output).toMatch(/access_key.*\*+/);
    expect(output).toContain('us-east-1');
  });

  it('env --json prints the variables, and exports quote them for a shell', async () => {
    const { output } = await cloud.run('env', '--json');
    const variables = JSON.parse(output);
    expect(variables).toMatchObject({
      FYRESTREAM_SOURCE_BUCKET: stack.sourceBucket,
      FYRESTREAM_OUTPUT_BUCKET: stack.outputBucket,
    });
    const printed = await runInFolder(
      'eval "$(pnpm --silent fyrestream env)"; printenv AWS_SECRET_ACCESS_KEY',
    );
    expect(printed.trim()).toBe(variables.AWS_SECRET_ACCESS_KEY);
  });
});
