import { join } from 'node:path';
import type { DataLayout } from '../data-directory/data-layout.ts';

/** The log group that Lambda gives a function. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export function functionLogGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** Where all processes of a function write what would go to its log group. */
export function functionLogFile(layout: Pick<DataLayout, 'logs'>, functionName: string): string {
  return join(layout.logs, `${functionName}.log`);
}
