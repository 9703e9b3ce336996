// What `pulumi up` starts. This file and what it imports are JavaScript of every Node, so that an old one gets a sentence.
import { RunError } from '@pulumi/pulumi/errors.js';
import { nodeProblem } from './node-problem.mjs';

const problem = nodeProblem(process.versions.node);
if (problem !== null) throw new RunError(problem);
const { outputs } = await import('./index.ts');

export const {
  region,
  accountId,
  environment,
  jobEventsTopicArn,
  apiUrl,
  deliveryUrl,
  dashboardUrl,
  idleCostUsdPerMonth,
  idleCost,
} = outputs;
