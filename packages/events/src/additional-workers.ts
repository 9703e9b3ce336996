import { z } from 'zod';
import { launchSchema } from './launch.ts';

/** The launch of a worker beside the leading one, which has slot 0. */
export const additionalLaunchSchema = z.strictObject({
  ...launchSchema.shape,
  slot: z.int().positive(),
});
export type AdditionalLaunch = z.infer<typeof additionalLaunchSchema>;

/**
 * The workers of a job beside its leading worker. They only encode units, and nothing about the job depends on them. They
 * outlive an attempt and are stopped when the job is over.
 */
export const additionalWorkersSchema = z.strictObject({
  /** The claim whose plan determined how many are wanted. */
  planToken: z.int().positive(),
  /** How many may run at the same time. */
  wanted: z.int().nonnegative(),
  /** Slots are never used again: two launches of a job have different client tokens. */
  lastSlot: z.int().nonnegative(),
  /** Those that are planned, sent or running: each holds one of the places of the stack. */
  launches: z.array(additionalLaunchSchema),
});
export type AdditionalWorkers = z.infer<typeof additionalWorkersSchema>;

/** Every change of the additional workers of a job. */
export type AdditionalWorkersStep =
  /** The leading worker knows the plan: how many workers it wants beside itself, and what the job costs with them. */
  | {
      kind: 'planned';
      attempt: number;
      planToken: number;
      additionalWorkers: number;
      costEstimateUsd: number;
    }
  | { kind: 'additional-planned'; launch: AdditionalLaunch }
  | { kind: 'additional-started'; slot: number; taskArn: string }
  /**
   * Its task ended; null where ECS started none, which counts only if no other call of the launch started one.
   * `isWanted`: whether another worker may take its place.
   */
  | { kind: 'additional-ended'; slot: number; taskArn: string | null; isWanted: boolean };

/** @returns why the step is refused; null if it is accepted */
export function whyAdditionalRefused(
  additional: AdditionalWorkers | undefined,
  step: AdditionalWorkersStep,
): string | null {
  switch (step.kind) {
    case 'planned':
      return additional?.planToken === step.planToken ? `plan ${step.planToken} was recorded before` : null;
    case 'additional-planned':
      if (additional === undefined || additional.launches.length >= additional.wanted) {
        return 'no additional worker is wanted';
      }
      return step.launch.slot === additional.lastSlot + 1 ? null : `slot ${step.launch.slot} is taken`;
    case 'additional-started': {
      const launch = additional?.launches.find(({ slot }) => slot === step.slot);
      if (launch === undefined) return `slot ${step.slot} is over`;
      return launch.taskArn === null ? null : `slot ${step.slot} already runs as ${launch.taskArn}`;
    }
    case 'additional-ended': {
      const launch = additional?.launches.find(({ slot }) => slot === step.slot);
      if (launch === undefined) return `slot ${step.slot} is over`;
      return launch.taskArn === step.taskArn ? null : `slot ${step.slot} runs as ${launch.taskArn}`;
    }
  }
}

/** @param before is present for all steps but `planned`: the others are refused without */
export function changeAdditional(
  before: AdditionalWorkers | undefined,
  step: AdditionalWorkersStep,
): AdditionalWorkers {
  const { planToken = 1, wanted = 0, lastSlot = 0, launches = [] } = before ?? {};
  const additional = { planToken, wanted, lastSlot, launches };
  switch (step.kind) {
    case 'planned':
      return { ...additional, planToken: step.planToken, wanted: step.additionalWorkers };
    case 'additional-planned':
      return { ...additional, lastSlot: step.launch.slot, launches: [...launches, step.launch] };
    case 'additional-started':
      return {
        ...additional,
        launches: launches.map((launch) =>
          launch.slot === step.slot ? { ...launch, taskArn: step.taskArn } : launch,
        ),
      };
    case 'additional-ended':
      return {
        ...additional,
        wanted: step.isWanted ? wanted : Math.max(0, wanted - 1),
        launches: launches.filter(({ slot }) => slot !== step.slot),
      };
  }
}
