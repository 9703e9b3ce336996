import { expect, it } from 'vitest';
import { findChaosViolations } from './find-chaos-violations.ts';

it('finds a version that S3 acknowledged and no longer has', () => {
  const none = {
    ...{ versions: new Map(), jobs: new Map(), events: [], stableFiles: new Map(), sightings: [] },
    ...{ outputKeys: new Set<string>(), requiredFiles: [], expiredJobIds: new Set<string>(), launches: [] },
  };
  const acknowledged = [{ key: 'videos/a.mp4', versionId: '3' }];
  expect(findChaosViolations(none, { acknowledged })).toEqual([
    { kind: 'lost', message: 'videos/a.mp4: S3 acknowledged version 3 and no longer has it' },
  ]);
});
