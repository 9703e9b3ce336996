import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createFakeCloud } from './fake-cloud.ts';
import { programRunner } from './pulumi-protocol.ts';
import type { Recording } from './recorded-resource.ts';
import { startRecordingEngine } from './start-recording-engine.ts';

export interface RecordingOptions {
  readonly stack: string;
  /** As in `Pulumi.<stack>.yaml`: full keys, structured values not serialised. */
  readonly config: Readonly<Record<string, unknown>>;
  /** `pulumi preview` instead of `pulumi up`. */
  readonly preview?: boolean;
  /** The Node that runs the program. Default: this one. */
  readonly node?: string;
}

const project = 'fyrestream';
const programFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the program as Pulumi's language host does, against an engine that records all registrations. */
export async function recordProgram(options: RecordingOptions): Promise<Recording> {
  const { stack, config, preview = false, node = process.execPath } = options;
  const region = String(config['aws:region']);
  const engine = await startRecordingEngine({ project, stack, preview, cloud: createFakeCloud(region) });
  try {
    const values = Object.entries(config).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const ended = await run(
      node,
      [
        programRunner,
        `--monitor=${engine.address}`,
        `--engine=${engine.address}`,
        '--organization=organization',
        `--project=${project}`,
        `--stack=${stack}`,
        `--root-directory=${fileURLToPath(new URL('../../..', import.meta.url))}`,
        `--pwd=${programFolder}`,
        ...(preview ? ['--dry-run'] : []),
        '--parallel=16',
        '.',
      ],
      {
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
        PULUMI_CONFIG_SECRET_KEYS: '[]',
      },
    );
    return { ...ended, ...engine.recorded() };
  } finally {
    engine.close();
  }
}

function run(
  node: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Pick<Recording, 'exitCode' | 'standardError'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, argv, {
      cwd: programFolder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let standardError = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      standardError += text;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, standardError }));
  });
}
