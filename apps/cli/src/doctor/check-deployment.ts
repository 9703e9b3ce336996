import type { Settings } from '@fyrestream/events';
import { createFinding, type Finding } from '@fyrestream/operations';
import { runsFyrestream } from '../../setup/find-node.mjs';
import { readFargateQuota } from './fargate-quota.ts';
import type { RunCheckTool } from './run-check-tool.ts';

export interface Deployment {
  readonly region: string;
  readonly architecture: Settings['architecture'];
  readonly maxConcurrentTasks: number;
  /** Whether a passphrase for secrets is set, or the stack uses another way to encrypt them. */
  readonly hasPassphrase: boolean;
}

/** The program registers an error hook, which an older CLI refuses. */
const minPulumi = [3, 218] as const;
/** vCPUs of the task for a Full HD video. */
const cpusOfFullHd = 4;
/** Both queues, at full load: batches of the poller and its calls of the invoker. */
const wantedExecutions = 25;
const awsInstallation = 'install the AWS CLI: https://aws.amazon.com/cli/';

/** Checks what the first `pulumi up` needs, in the order in which it needs it. Changes nothing. */
export async function checkDeployment(run: RunCheckTool, deployment: Deployment): Promise<Finding[]> {
  const tools = await Promise.all([
    checkNodeOfPulumi(run),
    checkPulumi(run),
    checkLogin(run, deployment),
    checkDocker(run),
    checkBuildx(run, deployment),
    checkJq(run),
  ]);
  const credentials = await checkCredentials(run);
  if (credentials.verdict !== 'well') return [...tools, credentials];
  return [
    ...tools,
    credentials,
    ...(await Promise.all([
      checkEcsRole(run),
      checkFargate(run, deployment),
      checkLambda(run, deployment.region),
    ])),
  ];
}

/** The command line has a Node of its own; Pulumi starts the first one on PATH. */
async function checkNodeOfPulumi(run: RunCheckTool): Promise<Finding> {
  const answer = await run('node', ['--version']);
  const version = 'output' in answer ? answer.output.replace(/^v/, '') : '';
  const problem = version === '' ? 'no node on PATH' : `${version} is too old for the program`;
  const remedy = `${problem}: install Node 24 and put it first on PATH, from where Pulumi starts it`;
  return createFinding('node', version, runsFyrestream(version) ? null : remedy);
}

async function checkPulumi(run: RunCheckTool): Promise<Finding> {
  const answer = await run('pulumi', ['version']);
  if (!('output' in answer)) {
    return createFinding('pulumi', '', 'missing: install it, https://www.pulumi.com/docs/install');
  }
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(answer.output)?.slice(1) ?? []).map(Number);
  const isTooOld = major < minPulumi[0] || (major === minPulumi[0] && minor < minPulumi[1]);
  return createFinding(
    'pulumi',
    answer.output,
    isTooOld ? `${answer.output} is too old: install ${minPulumi.join('.')} or later` : null,
  );
}

async function checkLogin(run: RunCheckTool, { hasPassphrase }: Deployment): Promise<Finding> {
  const answer = await run('pulumi', ['whoami', '--verbose', '--non-interactive']);
  if ('failure' in answer && answer.failure === null) {
    return { about: 'state', verdict: 'unknown', message: 'not checked: only Pulumi knows it' };
  }
  if (!('output' in answer)) {
    const remedy =
      'not logged in: run `pulumi login`, or `pulumi login --local` to keep the state on this machine';
    return createFinding('state', '', remedy);
  }
  const url = /URL:\s*(\S+)/.exec(answer.output)?.[1] ?? '';
  const needsPassphrase = !url.startsWith('https:') && !hasPassphrase;
  return createFinding(
    'state',
    url,
    needsPassphrase
      ? `${url} encrypts secrets with a passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, and keep it: without it the stack cannot be changed`
      : null,
  );
}

async function checkDocker(run: RunCheckTool): Promise<Finding> {
  const answer = await run('docker', ['version', '--format', '{{.Server.Version}}']);
  if ('output' in answer) return createFinding('docker', answer.output, null);
  return createFinding(
    'docker',
    '',
    answer.failure === null
      ? 'missing: install Docker with buildx; Pulumi builds the image of the transcoder with it'
      : `its daemon does not answer: start Docker (${answer.failure})`,
  );
}

async function checkBuildx(run: RunCheckTool, { architecture }: Deployment): Promise<Finding> {
  const platform = architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64';
  const answer = await run('docker', ['buildx', 'inspect']);
  if (!('output' in answer))
    return createFinding('buildx', '', 'missing: install the buildx plugin of Docker');
  const builds = answer.output.includes(platform);
  return createFinding(
    'buildx',
    `builds for ${platform}`,
    builds
      ? null
      : `cannot build for ${platform}: run \`docker run --privileged --rm tonistiigi/binfmt --install ${platform.slice(6)}\``,
  );
}

/** Only examples of the documentation use it. */
async function checkJq(run: RunCheckTool): Promise<Finding> {
  const answer = await run('jq', ['--version']);
  if ('output' in answer) return createFinding('jq', answer.output, null);
  return { about: 'jq', verdict: 'unknown', message: 'missing: only examples of the documentation use it' };
}

async function checkCredentials(run: RunCheckTool): Promise<Finding> {
  const answer = await run('aws', ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']);
  if ('output' in answer) return createFinding('aws', answer.output, null);
  const { failure } = answer;
  return failure === null
    ? { about: 'aws', verdict: 'unknown', message: `account and quotas are not checked: ${awsInstallation}` }
    : createFinding('aws', '', `no valid credentials: ${failure}`);
}

async function checkEcsRole(run: RunCheckTool): Promise<Finding> {
  const answer = await run('aws', ['iam', 'get-role', '--role-name', 'AWSServiceRoleForECS']);
  if ('output' in answer) return createFinding('ecs role', 'exists', null);
  return answer.failure?.includes('NoSuchEntity')
    ? createFinding(
        'ecs role',
        '',
        'this account never used ECS: run `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`',
      )
    : { about: 'ecs role', verdict: 'unknown', message: answer.failure ?? '' };
}

async function checkFargate(run: RunCheckTool, deployment: Deployment): Promise<Finding> {
  const quota = await readFargateQuota(run, deployment.region, 'on-demand');
  if (quota === null) return { about: 'fargate', verdict: 'unknown', message: 'the quota cannot be read' };
  const wanted = deployment.maxConcurrentTasks * cpusOfFullHd;
  const found = `${quota} vCPUs on demand in ${deployment.region}`;
  const rest = quota < wanted ? `; ${wanted} let all ${deployment.maxConcurrentTasks} tasks run at once` : '';
  return createFinding(
    'fargate',
    `${found}${rest}`,
    quota < cpusOfFullHd
      ? `${found}: a Full HD video needs ${cpusOfFullHd}; request more under Service Quotas, AWS Fargate`
      : null,
  );
}

async function checkLambda(run: RunCheckTool, region: string): Promise<Finding> {
  const query = 'AccountLimit.ConcurrentExecutions';
  const argv = ['lambda', 'get-account-settings', '--region', region, '--query', query, '--output', 'text'];
  const answer = await run('aws', argv);
  if (!('output' in answer)) return { about: 'lambda', verdict: 'unknown', message: answer.failure ?? '' };
  const executions = Number(answer.output);
  const rest =
    executions < wantedExecutions
      ? `; full load uses ${wantedExecutions}, with fewer events wait longer`
      : '';
  return createFinding('lambda', `${executions} concurrent executions${rest}`, null);
}
