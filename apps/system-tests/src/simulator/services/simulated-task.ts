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

export interface SimulatedContainer {
  /** SIGTERM. */
  stop(): void;
  /** SIGKILL. */
  kill(): void;
  isHung(): boolean;
  mayHaveFailed(): boolean;
}
