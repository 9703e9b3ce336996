import type { Random } from './create-random.ts';

/** How likely each fault is, from 0 to 1 where nothing else is stated. */
export interface FaultRates {
  /** Per call of a service: the process dies before the call, or after it and before its response. */
  crash: number;
  throttle: number;
  /** The call takes effect, but the caller gets a connection error. */
  loseResponse: number;
  /** The response is lost and the SDK sends the same request again. */
  repeatRequest: number;
  /** The process pauses for seconds or minutes, then continues. */
  pause: number;
  /** The process stops for ever, while its container keeps running. */
  hang: number;
  slowCall: number;
  /** Per message of a queue. */
  loseMessage: number;
  duplicateMessage: number;
  delayMessage: number;
  /** Per ECS task. */
  noCapacity: number;
  startFailure: number;
  /** The task stays PENDING for ever and no event reports it. */
  stuckPending: number;
  spotInterruption: number;
  /** ECS reports the task as stopped while its container keeps running. */
  falseStop: number;
  /** ECS starts a second container for the task. */
  secondContainer: number;
  outOfMemory: number;
  /** Per media stage: a failure that a later attempt may not meet. */
  mediaFailure: number;
  /** Per video unit: it has to be replaced by one unit with all of the video. */
  inexactUnit: number;
  /** How far the indexes of the table lag behind it at most, in milliseconds. */
  maxIndexLagMilliseconds: number;
  /** How far clocks of processes are off at most, in milliseconds. */
  maxClockOffsetMilliseconds: number;
}

export const noFaults: FaultRates = {
  crash: 0,
  throttle: 0,
  loseResponse: 0,
  repeatRequest: 0,
  pause: 0,
  hang: 0,
  slowCall: 0,
  loseMessage: 0,
  duplicateMessage: 0,
  delayMessage: 0,
  noCapacity: 0,
  startFailure: 0,
  stuckPending: 0,
  spotInterruption: 0,
  falseStop: 0,
  secondContainer: 0,
  outOfMemory: 0,
  mediaFailure: 0,
  inexactUnit: 0,
  maxIndexLagMilliseconds: 0,
  maxClockOffsetMilliseconds: 0,
};

/** The rates of one schedule: each fault is absent from more than half of all schedules. */
export function drawFaultRates(random: Random): FaultRates {
  const zeroOrOneOf = (...rates: number[]) => (random.chance(0.55) ? 0 : random.pick(rates));
  return {
    crash: zeroOrOneOf(0.002, 0.01, 0.03),
    throttle: zeroOrOneOf(0.01, 0.05),
    loseResponse: zeroOrOneOf(0.01, 0.05),
    repeatRequest: zeroOrOneOf(0.02, 0.1),
    pause: zeroOrOneOf(0.002, 0.02),
    hang: zeroOrOneOf(0.001, 0.005),
    slowCall: zeroOrOneOf(0.02, 0.2),
    loseMessage: zeroOrOneOf(0.1, 0.5),
    duplicateMessage: zeroOrOneOf(0.1, 0.6),
    delayMessage: zeroOrOneOf(0.2, 0.6),
    noCapacity: zeroOrOneOf(0.2, 0.6),
    startFailure: zeroOrOneOf(0.1, 0.3),
    stuckPending: zeroOrOneOf(0.1),
    spotInterruption: zeroOrOneOf(0.2, 0.5),
    falseStop: zeroOrOneOf(0.2, 0.5),
    secondContainer: zeroOrOneOf(0.2, 0.5),
    outOfMemory: zeroOrOneOf(0.1, 0.4),
    mediaFailure: zeroOrOneOf(0.02, 0.1),
    inexactUnit: zeroOrOneOf(0.02, 0.1),
    maxIndexLagMilliseconds: zeroOrOneOf(200, 5_000),
    maxClockOffsetMilliseconds: zeroOrOneOf(500, 30_000, 120_000),
  };
}
