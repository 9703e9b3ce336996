import { parentPort, workerData } from 'node:worker_threads';
import { runSchedules, type SeedShare, seedsOf } from './run-schedules.ts';

// Errors of services are distinguished by their names; nobody reads their stacks.
Error.stackTraceLimit = 0;

parentPort?.postMessage(await runSchedules(seedsOf(workerData as SeedShare)));
