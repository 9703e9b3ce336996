import type { Command } from 'commander';
import { commandLine } from './command-line.ts';

/** What a person types most, per command; `fyrestream help COMMAND` shows it. */
const examples: Readonly<Record<string, readonly string[]>> = {
  start: [
    'start',
    'start ~/holiday.mov',
    'start a.mov b.mov --prefix trips',
    'start holiday.mov --config docs/profiles.yaml --profile mobile',
  ],
  local: ['local', 'local --data /srv/fyrestream --port 8400'],
  console: ['console', 'console --stack prod', 'console --stack prod --port 9000 --no-open'],
  upload: [
    'upload holiday.mov --wait',
    'upload *.mov --prefix trips',
    'upload holiday.mov --profile mobile --option title="At the sea" --option posterSeconds=12.5',
    `upload film.mkv --option 'audio=[{"language":"de"},{"language":"en","name":"Commentary"}]'`,
    'upload holiday.mov --option watermark=false',
    `upload holiday.mov --option 'trim={"from":2.5,"to":10}'`,
    'upload holiday.mov --stack prod --json',
  ],
  watermark: ['watermark logo.png', 'watermark ~/logo-2x.png --name brand/logo.png --stack prod'],
  backfill: [
    'backfill --dry-run --stack prod',
    'backfill s3://archive/2019/ --prefix archive --profile mobile --option priority=bulk --stack prod',
    "backfill s3://archive/ --match '*.mov' --json",
  ],
  remake: [
    'remake --all --dry-run',
    'remake --prefix films --profile archive-hevc --budget 50 --stack prod',
    'remake holiday.mov --profile mobile --json',
  ],
  queue: ['queue', 'queue --stack prod'],
  jobs: [
    'jobs',
    'jobs --status failed',
    'jobs --tenant acme',
    'jobs --profile mobile',
    'jobs --stack prod --json',
  ],
  job: ['job latest', 'job holiday.mov', 'job abcd --json'],
  watch: ['watch latest', 'watch holiday.mov --stack prod'],
  logs: ['logs latest', 'logs holiday.mov --stack prod', 'logs abcd --json'],
  costs: [
    'costs',
    'costs --since 7d --by tenant',
    'costs --by profile',
    'costs --since 2026-11-01 --stack prod --json',
  ],
  retry: ['retry holiday.mov', 'retry --status failed --prefix trips --yes'],
  cancel: ['cancel latest', 'cancel --all --yes'],
  hold: ['hold holiday.mov', 'hold --prefix trips --yes'],
  release: ['release holiday.mov', 'release --all --yes'],
  delete: ['delete trips/holiday.mov', 'delete holiday.mov --source --yes', 'delete abcd --stack prod'],
  redrive: ['redrive --dry-run', 'redrive --control --stack prod', 'redrive --webhooks'],
  download: ['download latest ./out', 'download holiday.mov ./out --stack prod'],
  verify: ['verify latest', 'verify ./out'],
  play: ['play latest', 'play ./out'],
  key: ['key holiday.mov', 'key latest --stack prod --json'],
  plan: [
    'plan holiday.mov',
    'plan holiday.mov --config docs/profiles.yaml --profile mobile',
    'plan holiday.mov --ladder ladder.json --json',
  ],
  env: ['env', 'env --format rclone > rclone.conf', 'env --stack prod --json'],
  image: ['image', 'image --config Pulumi.prod.yaml --json'],
  completion: [
    'completion bash > ~/.local/share/bash-completion/completions/fyrestream',
    'completion zsh',
    'completion fish',
  ],
  doctor: ['doctor', 'doctor --deploy', 'doctor --stack prod --json'],
};

/** Adds examples to the help of every command. */
export function addExamples(program: Command): void {
  for (const command of program.commands) {
    const lines = (examples[command.name()] ?? []).map((example) => `  $ ${commandLine(example)}`);
    command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
  }
}
