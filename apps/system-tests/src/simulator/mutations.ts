import type { Ledger } from '@fyrestream/cloud';
import type { JobStep, Upload } from '@fyrestream/events';
import { type Documents, everyGuard, type Guards } from './guards.ts';
import { refusal } from './simulated-process.ts';

interface Input {
  readonly Key?: { readonly sk: string };
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly ConditionExpression?: string;
}

/**
 * The world with one guard less, by the name of the guard, made anew for each schedule. What the guard stands against
 * happens in some schedules, so each of these must lead to a violation sooner or later.
 */
export const mutations: Readonly<Record<string, () => Guards>> = {
  'conditional write on the version of a job': () =>
    withoutCondition((sk, condition) => sk === 'job' && condition.includes('#version')),
  'conditional creation of a job': () =>
    withoutCondition((sk, condition) => sk === 'job' && condition.includes('attribute_not_exists')),
  'conditional write on an output': () => withoutCondition((sk) => sk === 'output'),
  'fencing token of a claim': () => withoutCondition((_, condition) => condition.includes('#token = :token')),
  'one token chosen for publication': () => ({ ...everyGuard, workerLedger: everyTokenIsChosen }),
  'attempt in what a worker says': () => ({ ...everyGuard, workerLedger: everyAttemptCounts }),
  'client token of a launch': () => {
    let launches = 0;
    return {
      ...everyGuard,
      launcher: (real) => ({
        ...real,
        launch(request) {
          launches += 1;
          return real.launch({ ...request, clientToken: `token-${launches}` });
        },
      }),
    };
  },
  'periodic sweep': () => ({ ...everyGuard, sweeps: false }),
  'look of the sweep at its tasks': () => ({
    ...everyGuard,
    launcher: (real) => ({
      ...real,
      findStopped: async () => [],
      stop: () => Promise.reject(refusal('Gone', '')),
    }),
  }),
  'partial batch response': () => ({
    ...everyGuard,
    poller: (real) => async (event) => {
      await real(event);
      return { batchItemFailures: [] };
    },
  }),
  'If-Match on the stable files': () => ({
    ...everyGuard,
    workerStore: (real) => ({
      ...real,
      put: (address, body, delivery) => real.put(address, body, delivery),
    }),
  }),
  'order of uploads by sequencer': () => {
    let arrivals = 0;
    const asNewest = (upload: Upload): Upload => {
      arrivals += 1;
      return {
        ...upload,
        sequencer: null,
        uploadedAt: new Date(Date.UTC(2030, 0, 1) + arrivals).toISOString(),
      };
    };
    return {
      ...everyGuard,
      invokerLedger: (real) => ({ ...real, recordUpload: (upload) => real.recordUpload(asNewest(upload)) }),
      workerLedger: (real) => ({
        ...real,
        claimOutput: (upload, token) => real.claimOutput(asNewest(upload), token),
      }),
    };
  },
  'announcements owed by the record': () => ({
    ...everyGuard,
    documents: (real) =>
      rewriting(real, (input) =>
        input.Item?.owed ? { ...input, Item: { ...input.Item, owed: [] } } : input,
      ),
  }),
};

function withoutCondition(isMeant: (sk: string, condition: string) => boolean): Guards {
  return {
    ...everyGuard,
    documents: (real) =>
      rewriting(real, (input) => {
        const { Key, Item, ConditionExpression, ...rest } = input;
        const sk = String(Key?.sk ?? Item?.sk);
        if (ConditionExpression === undefined || !isMeant(sk, ConditionExpression)) return input;
        return { ...rest, ...(Key && { Key }), ...(Item && { Item }) };
      }),
  };
}

/** The table with some commands changed on their way to it. */
function rewriting(real: Documents, rewrite: (input: Input) => Input): Documents {
  const send = (command: { readonly input: Input }) =>
    real.send(
      Object.assign(Object.create(Object.getPrototypeOf(command)), { input: rewrite(command.input) }),
    );
  return { send } as unknown as Documents;
}

/** Every worker takes its own version for the chosen one. */
function everyTokenIsChosen(real: Ledger): Ledger {
  let chosen = 0;
  return {
    ...real,
    async readJob(jobId) {
      const job = await real.readJob(jobId);
      return job && { ...job, publication: null };
    },
    async advance(jobId, step) {
      if (step.kind === 'published' || step.kind === 'overtaken') {
        return real.advance(jobId, { ...step, token: chosen });
      }
      const result = await real.advance(jobId, step);
      if (step.kind !== 'publication-chosen' || result.job.publication === null) return result;
      chosen = result.job.publication.token;
      return { ...result, job: { ...result.job, publication: { token: step.token } } };
    },
  };
}

/** Whatever a worker says is taken to be about the attempt that is under way. */
function everyAttemptCounts(real: Ledger): Ledger {
  return {
    ...real,
    async advance(jobId, step) {
      const job = await real.readJob(jobId);
      if (job === null || !('attempt' in step)) return real.advance(jobId, step);
      return real.advance(jobId, { ...step, attempt: job.attempt } as JobStep);
    },
  };
}
