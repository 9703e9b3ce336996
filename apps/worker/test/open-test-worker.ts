import { createLogger, type ObjectAddress } from '@fyrestream/cloud';
import { openTestLedger } from '@fyrestream/cloud/test/open-test-ledger';
import {
  admitJob,
  type ControlMessage,
  defaultLadderConfig,
  type JobStep,
  planKey,
  planUnitId,
  type TaskRequest,
  videoUnitId,
} from '@fyrestream/events';
import { type EncodePlan, fargatePrices, planEncode, readSourceFacts } from '@fyrestream/media';
import type { ActiveClaim } from '../src/claim-heartbeat.ts';
import { createWorker } from '../src/create-worker.ts';
import type { WorkerDependencies } from '../src/worker-dependencies.ts';

const at = '2026-01-01T00:00:00.000Z';
export const jobId = 'a'.repeat(26);
/** The time limit, the only sleep of a worker that has a unit, never ends. */
const endless = () => new Promise<void>(() => {});

const facts = readSourceFacts(
  {
    streams: [
      {
        ...{ index: 0, codec_type: 'video', codec_name: 'h264', width: 320, height: 240, pix_fmt: 'yuv420p' },
        ...{ r_frame_rate: '25/1', avg_frame_rate: '25/1', nb_frames: '300', field_order: 'progressive' },
        ...{ start_time: '0.000000', duration: '12.000000', bit_rate: '500000' },
      },
    ],
    format: {
      ...{ format_name: 'mov,mp4,m4a,3gp,3g2,mj2', start_time: '0.000000', duration: '12.000000', size: '1' },
    },
  },
  'mov',
);

function planOf(videoUnits: number): EncodePlan {
  const units = Array.from({ length: videoUnits }, (_, index) => ({
    ...{ id: videoUnitId(index + 1), kind: 'video' as const, range: null },
  }));
  return { ...planEncode(facts, {}, defaultLadderConfig), units };
}

/** A running job over a real ledger (dynalite), with a stored plan; its stages are those of the test. */
export async function openTestWorker(encode: (claim: ActiveClaim) => Promise<void>, videoUnits = 2) {
  const { ledger, close } = await openTestLedger();
  const messages: ControlMessage[] = [];
  const beats = new Set<() => void>();
  const texts = new Map<string, string>();
  const launch = { attempt: 1, taskArn: null, plannedAt: at, request: createRequest() };
  await ledger.createJob(
    admitJob({
      jobId,
      upload: {
        ...{ bucket: 'source', key: 'videos/a.mov', versionId: '1', etag: 'e', sizeBytes: 1 },
        ...{ sequencer: '1', uploadedAt: at },
      },
      size: { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 },
      ...{ capacity: 'spot', costEstimateUsd: null, refusal: null, at },
    }),
  );
  const advance = (step: JobStep) => ledger.advance(jobId, step);
  await advance({ kind: 'launch-planned', launch });
  await advance({ kind: 'work-started', attempt: 1 });

  const work = createWorker({
    ledger,
    store: {
      readText: async ({ key }: ObjectAddress) => texts.get(key) ?? '',
      put: async ({ key }: ObjectAddress, body: string) => void texts.set(key, body),
      requestCounts: () => ({ writes: texts.size, reads: 0 }),
    },
    events: { publish: async () => {} },
    sender: { send: async (message: ControlMessage) => void messages.push(message) },
    stages: {
      encodeTracks: async (_work: object, _plan: EncodePlan, claim: ActiveClaim) => {
        await encode(claim);
        return { contents: { tracks: [], subtitles: [] }, inexactBecause: null };
      },
      verifyUnit: async () => [],
    },
    openScratch: async () => ({ path: async () => '/nowhere', remove: async () => {} }),
    clock: () => at,
    timers: {
      sleep: endless,
      every: (_milliseconds: number, tick: () => void) => {
        beats.add(tick);
        return () => beats.delete(tick);
      },
    },
    log: createLogger('worker', 'silent'),
    instanceId: 'this',
    settings: {
      ...{
        outputBucket: 'output',
        profiles: new Map(),
        scratchDirectory: '/nowhere',
        attemptHours: 1,
        costLimitUsd: 1,
      },
      ...{ maxWorkersPerJob: 4, targetMinutes: 1e-6 },
      prices: fargatePrices({ region: 'us-east-1', architecture: 'x86_64' }),
    },
  } as unknown as WorkerDependencies);
  return {
    ...{ ledger, messages, advance, close },
    /** Runs a worker of the job. @returns its exit code */
    work: (slot: number, stop = new AbortController().signal) =>
      work({ schemaVersion: 1, jobId, attempt: 1, slot }, stop),
    /** Stores the plan under a claim, as the leading worker does. */
    async storePlan() {
      const claim = await ledger.claimUnit({ jobId, unitId: planUnitId, owner: 'leading' });
      if (claim === null) throw new TypeError('the plan is claimed');
      texts.set(planKey(claim), JSON.stringify({ facts, plan: planOf(videoUnits) }));
      await ledger.finishUnit(claim);
    },
    beat: () => {
      for (const tick of beats) tick();
    },
    read: () => ledger.readJob(jobId),
    unitStates: async () =>
      Object.fromEntries((await ledger.listUnits(jobId)).map(({ unitId, state }) => [unitId, state])),
  };
}

function createRequest(): TaskRequest {
  return {
    ...{ cluster: 'c', taskDefinition: 'd:1', containerName: 'worker', subnets: [], securityGroups: [] },
    ...{ clientToken: 'token', capacity: 'spot', startedBy: jobId, environment: {} },
    size: { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 },
  };
}
