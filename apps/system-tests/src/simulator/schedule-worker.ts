import { parentPort, workerData } from 'node:worker_threads';
import { runSchedules, seedsOf } from './run-schedules.ts';

// Refusals are told apart by their names; nobody reads their stacks.
Error.stackTraceLimit = 0;

const { first, count, part, parts } = workerData as Record<'first' | 'count' | 'part' | 'parts', number>;
parentPort?.postMessage(await runSchedules(seedsOf(first, count, part, parts)));
