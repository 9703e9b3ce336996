import type { TranscodeRequest } from '@fyrestream/events';

export interface SimulatedTask {
  readonly taskArn: string;
  readonly clientToken: string;
  /** The RunTask input as JSON. */
  readonly input: string;
  readonly startedBy: string;
  readonly request: TranscodeRequest;
  readonly isSpot: boolean;
  status: 'PENDING' | 'RUNNING' | 'STOPPED';
  version: number;
  readonly createdAt: Date;
  /** Milliseconds; null while it has no container. */
  startedAt: number | null;
  stoppedAt: number;
  stopCode: string | null;
  stoppedReason: string | null;
  exitCode: number | null;
  containerReason: string | null;
  /** Whether it may count as a failure of its job: it crashed, failed, hung or never started. */
  hasFailed: boolean;
  /** Usually one. */
  readonly containers: SimulatedContainer[];
}

/** What ECS says about the use of a task, in DescribeTasks and in events. */
export function usageFacts({ input, isSpot, startedAt, stoppedAt, status }: SimulatedTask) {
  const toText = (time: number) => new Date(time).toISOString();
  return {
    overrides: JSON.parse(input).overrides,
    capacityProviderName: isSpot ? 'FARGATE_SPOT' : 'FARGATE',
    startedAt: startedAt === null ? undefined : toText(startedAt),
    stoppedAt: status === 'STOPPED' ? toText(stoppedAt) : undefined,
  };
}

export interface SimulatedContainer {
  /** SIGTERM. */
  stop(): void;
  /** SIGKILL. */
  kill(): void;
  isHung(): boolean;
  mayHaveFailed(): boolean;
}
