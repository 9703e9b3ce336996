/** What one workspace may reach for. Paths are relative to the workspace. */
export interface ImportRow {
  /** Folders of the workspaces that it may import. */
  workspaces: readonly string[];
  /** npm packages it may import, or `declared`: whatever its package.json lists and nobody else owns. */
  packages: readonly string[] | 'declared';
  /** Knows no file system, network, process or clock thread: only the built-in modules of `pureBuiltins`. */
  pure?: boolean;
  /** The files that may read `process.env`; a folder ends in a slash. */
  environment?: readonly string[];
  /** The files that may start child processes; a folder ends in a slash. */
  processes?: readonly string[];
  /** The files that may construct SDK clients; a folder ends in a slash. */
  clients?: readonly string[];
}

/**
 * The import table of the architecture: arrows point one way, from what runs to what is known.
 * A workspace that has no row is itself a finding.
 */
export const importTable: Readonly<Record<string, ImportRow>> = {
  'packages/events': { workspaces: [], packages: ['zod'], pure: true },
  'packages/media': { workspaces: ['packages/events'], packages: ['zod'], pure: true },
  'packages/cloud': {
    workspaces: ['packages/events'],
    packages: ['@aws-sdk/*', '@smithy/*', 'pino', 'zod'],
    environment: ['src/environment.ts'],
    clients: ['src/'],
  },
  'apps/poller': { workspaces: ['packages/events', 'packages/cloud'], packages: 'declared' },
  'apps/invoker': {
    workspaces: ['packages/events', 'packages/media', 'packages/cloud'],
    packages: 'declared',
  },
  'apps/worker': {
    workspaces: ['packages/events', 'packages/media', 'packages/cloud'],
    packages: 'declared',
    processes: ['src/run-ffmpeg.ts'],
  },
  // AWS on one machine: it runs the built handlers as Lambda and ECS would, so it owns their processes.
  'apps/local': {
    workspaces: ['packages/events', 'packages/cloud', 'apps/poller', 'apps/invoker', 'apps/worker'],
    packages: 'declared',
    processes: ['src/ecs/task-process.ts', 'src/lambda/execution-environment.ts'],
    environment: ['src/environment/host-environment.ts'],
  },
  // `fyrestream local` is the local cloud in the same process: one process less to start, watch and pay for.
  'apps/cli': {
    workspaces: ['packages/events', 'packages/media', 'packages/cloud', 'apps/local'],
    packages: 'declared',
    environment: ['setup/', 'bin/'],
    processes: ['setup/', 'bin/'],
  },
  'apps/console': { workspaces: ['packages/events', 'packages/media'], packages: 'declared' },
  infra: { workspaces: ['packages/events'], packages: 'declared', environment: [''] },
  // The real handlers, ledger and worker in a world of its own; nothing imports it.
  'packages/simulator': {
    workspaces: [
      'packages/events',
      'packages/media',
      'packages/cloud',
      'apps/poller',
      'apps/invoker',
      'apps/worker',
    ],
    packages: 'declared',
  },
  'packages/bundler': { workspaces: [], packages: 'declared' },
  'packages/checks': { workspaces: [], packages: 'declared', processes: ['src/run-step.ts'] },
};

/** npm packages that exactly one workspace may import, tests excepted. */
export const packageOwners: Readonly<Record<string, string>> = {
  '@aws-sdk/*': 'packages/cloud',
  pino: 'packages/cloud',
  'fluent-ffmpeg': 'apps/worker',
  'oxc-parser': 'packages/checks',
  esbuild: 'packages/bundler',
  '@pulumi/*': 'infra',
};

/** Built-in modules that compute and touch nothing. */
export const pureBuiltins: readonly string[] = ['assert', 'buffer', 'crypto', 'path', 'url', 'util'];
