import { defaultLadderConfig } from '@fyrestream/events';
import { createJobEstimator } from '../src/admission/create-job-estimator.ts';

export const estimateTestJob = createJobEstimator(defaultLadderConfig, {
  region: 'us-east-1',
  architecture: 'x86_64',
});
