import type { Material } from '../material/material.ts';
import { runInterleaved } from '../measure/run-interleaved.ts';
import type { Usage } from '../measure/usage.ts';
import type { BenchCloudSettings } from '../pipeline/bench-cloud-settings.ts';
import { type PipelineRun, runPipeline } from '../pipeline/run-pipeline.ts';
import { planMaterial } from './plan-material.ts';
import { runEncodeOnly, runLoop, runPlain } from './run-commands.ts';
import { splitUnitSeconds, unsplitSeconds } from './unit-seconds.ts';

type PipelineVariant = 'pipeline' | 'split' | 'unsplit';
/** Ways to encode the material. */
export type FilmVariant = PipelineVariant | 'plain' | 'loop' | 'encode-only';

/** The runs of each variant, one per round; empty for a variant that was not wanted. */
export interface FilmRuns {
  readonly usages: Readonly<Record<FilmVariant, readonly Usage[]>>;
  readonly pipelines: Readonly<Record<PipelineVariant, readonly PipelineRun[]>>;
}

export interface FilmOptions {
  readonly directory: string;
  readonly material: Material;
  readonly variants: readonly FilmVariant[];
  readonly repeat: number;
  readonly report: (line: string) => void;
}

/** Encodes the material in all wanted ways, round by round. Several rows share these runs: they take most of the time. */
export async function runFilm({
  directory,
  material: { path, durationSeconds },
  variants,
  repeat,
  report,
}: FilmOptions): Promise<FilmRuns> {
  const plan = await planMaterial(path);
  const pipelines: Record<PipelineVariant, PipelineRun[]> = { pipeline: [], split: [], unsplit: [] };
  const throughPipeline = async (variant: PipelineVariant, topology: BenchCloudSettings['topology'] = {}) => {
    const run = await runPipeline(directory, path, { topology });
    pipelines[variant].push(run);
    return run;
  };
  const all: Record<FilmVariant, () => Promise<Usage>> = {
    pipeline: () => throughPipeline('pipeline'),
    split: () => throughPipeline('split', { unitSeconds: splitUnitSeconds(durationSeconds) }),
    unsplit: () => throughPipeline('unsplit', { unitSeconds: unsplitSeconds }),
    plain: () => runPlain(plan, path, directory),
    loop: () => runLoop(plan, path, directory),
    'encode-only': () => runEncodeOnly(plan, path, directory),
  };
  const wanted = Object.entries(all).filter(([variant]) => variants.includes(variant as FilmVariant));
  const usages = await runInterleaved(Object.fromEntries(wanted), repeat, (variant, round, usage) =>
    report(`round ${round}: ${variant}, ${describe(usage)}`),
  );
  const none = { pipeline: [], split: [], unsplit: [], plain: [], loop: [], 'encode-only': [] };
  return { usages: { ...none, ...usages }, pipelines };
}

function describe({ cpuSeconds, wallSeconds }: Usage): string {
  return `${cpuSeconds.toFixed(1)} CPU seconds, ${wallSeconds.toFixed(1)} s`;
}
