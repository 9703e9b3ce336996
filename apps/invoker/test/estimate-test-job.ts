import { defaultLadderConfig, stackProfilesOf } from '@fyrestream/events';
import { createJobEstimator } from '../src/admission/create-job-estimator.ts';

export const testProfiles = stackProfilesOf({ ladder: defaultLadderConfig, profiles: {}, profileRules: [] });

export const estimateTestJob = createJobEstimator(testProfiles.profiles, {
  region: 'us-east-1',
  architecture: 'x86_64',
});
