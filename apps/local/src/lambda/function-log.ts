import { join } from 'node:path';
import type { DataLayout } from '../data-directory/data-layout.ts';

/** The log group of a function. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export function functionLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** The log group of the tasks of a family. */
export function taskLogGroup(family: string): string {
  return `/ecs/${family}`;
}

/** The file with the log of all processes of a function, in place of its log group. */
export function functionLogFile(layout: Pick<DataLayout, 'logs'>, functionName: string): string {
  return join(layout.logs, `${functionName}.log`);
}
