import type { Ledger } from '@fyrestream/cloud';
import type { JobStep, Upload } from '@fyrestream/events';
import { type ComponentOverrides, type LedgerDocumentClient, noOverrides } from './component-overrides.ts';
import type { FaultRates } from './fault-rates.ts';
import { mutationsOfLine } from './mutations-of-line.ts';
import { mutationsOfWorkers } from './mutations-of-workers.ts';
import { serviceError } from './service-error.ts';

interface Input {
  readonly Key?: { readonly sk: string };
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly ConditionExpression?: string;
}

/**
 * Each entry removes one guard, named by its key; it is called once per schedule. The fault that the guard is for occurs in
 * some schedules, so without the guard some schedule must end in a violation.
 */
export const mutations: Readonly<Record<string, () => ComponentOverrides>> = {
  'conditional write on the version of a job': () =>
    withoutCondition((sk, condition) => sk === 'job' && condition.includes('#version')),
  'conditional creation of a job': () =>
    withoutCondition((sk, condition) => sk === 'job' && condition.includes('attribute_not_exists')),
  'conditional write on an output': () => withoutCondition((sk) => sk === 'output'),
  'claim of a unit that is open': () =>
    withoutCondition((sk, condition) => sk.startsWith('unit#') && condition.includes('not_exists(pk)')),
  'fencing token of a claim': () => withoutCondition((_, condition) => condition.includes('#token = :token')),
  'one token chosen for publication': () => ({ ...noOverrides, workerLedger: acceptEveryToken }),
  'attempt number in the steps of a worker': () => ({ ...noOverrides, workerLedger: acceptEveryAttempt }),
  'client token of a launch': () => {
    let launches = 0;
    return {
      ...noOverrides,
      launcher: (original) => ({
        ...original,
        launch(request) {
          launches += 1;
          return original.launch({ ...request, clientToken: `token-${launches}` });
        },
      }),
    };
  },
  'periodic sweep': () => ({ ...noOverrides, sweeps: false }),
  'check of running tasks by the sweep': () => ({
    ...noOverrides,
    launcher: (original) => ({
      ...original,
      findStopped: async () => [],
      stop: () => Promise.reject(serviceError('Gone', '')),
    }),
  }),
  'stop of forgotten tasks by the sweep': () => ({
    ...noOverrides,
    launcher: (original) => ({ ...original, listRunning: async () => [] }),
  }),
  'partial batch response': () => ({
    ...noOverrides,
    poller: (original) => async (event) => {
      await original(event);
      return { batchItemFailures: [] };
    },
  }),
  'If-Match on the stable files': () => ({
    ...noOverrides,
    workerStore: (original) => ({
      ...original,
      put: (address, body, delivery) => original.put(address, body, delivery),
    }),
  }),
  'order of uploads by sequencer': () => {
    let arrivals = 0;
    const withNewestTime = (upload: Upload): Upload => {
      arrivals += 1;
      return {
        ...upload,
        sequencer: null,
        uploadedAt: new Date(Date.UTC(2030, 0, 1) + arrivals).toISOString(),
      };
    };
    return {
      ...noOverrides,
      invokerLedger: (original) => ({
        ...original,
        recordUpload: (upload) => original.recordUpload(withNewestTime(upload)),
      }),
      workerLedger: (original) => ({
        ...original,
        claimOutput: (upload, token) => original.claimOutput(withNewestTime(upload), token),
      }),
    };
  },
  'events stored in the job record': () => ({
    ...noOverrides,
    documents: (original) =>
      rewriting(original, (input) =>
        input.Item?.owed ? { ...input, Item: { ...input.Item, owed: [] } } : input,
      ),
  }),
  'tasks in the job record that are not billed': () => ({
    ...noOverrides,
    documents: (original) =>
      rewriting(original, (input) =>
        input.Item?.receipt
          ? { ...input, Item: { ...input.Item, receipt: { ...input.Item.receipt, unbilled: [] } } }
          : input,
      ),
  }),
  ...mutationsOfWorkers,
  ...mutationsOfLine,
};

/** Fault rates under which a guard is needed, for guards that random rates hardly ever need. */
export const mutationFaultRates: Readonly<Record<string, Partial<FaultRates>>> = {
  // A worker that is reported as stopped, pauses and then fails while the next attempt runs.
  'attempt number in the steps of a worker': { falseStop: 0.6, mediaFailure: 0.4, pause: 0.05 },
  // Workers that pause between reading what is published and writing it.
  'conditional write on an output': { pause: 0.03, slowCall: 0.2 },
  'If-Match on the stable files': { pause: 0.03, slowCall: 0.2 },
  // Only users who cancel and retry at once.
  'token of the plan that a worker follows': {},
};

function withoutCondition(appliesTo: (sk: string, condition: string) => boolean): ComponentOverrides {
  return {
    ...noOverrides,
    documents: (original) =>
      rewriting(original, (input) => {
        const { Key, Item, ConditionExpression, ...rest } = input;
        const sk = String(Key?.sk ?? Item?.sk);
        if (ConditionExpression === undefined || !appliesTo(sk, ConditionExpression)) return input;
        return { ...rest, ...(Key && { Key }), ...(Item && { Item }) };
      }),
  };
}

/** Changes commands before the table gets them. */
function rewriting(original: LedgerDocumentClient, rewrite: (input: Input) => Input): LedgerDocumentClient {
  const send = (command: { readonly input: Input }) =>
    original.send(
      Object.assign(Object.create(Object.getPrototypeOf(command)), { input: rewrite(command.input) }),
    );
  return { send } as unknown as LedgerDocumentClient;
}

/** Every worker publishes its own version as if it were the chosen one. */
function acceptEveryToken(original: Ledger): Ledger {
  let chosen = 0;
  return {
    ...original,
    async readJob(jobId) {
      const job = await original.readJob(jobId);
      return job && { ...job, publication: null };
    },
    async advance(jobId, step) {
      if (step.kind === 'published' || step.kind === 'overtaken') {
        return original.advance(jobId, { ...step, token: chosen });
      }
      const result = await original.advance(jobId, step);
      if (step.kind !== 'publication-chosen' || result.job.publication === null) return result;
      chosen = result.job.publication.token;
      return { ...result, job: { ...result.job, publication: { token: step.token } } };
    },
  };
}

/** Every step of a worker counts for the current attempt. */
function acceptEveryAttempt(original: Ledger): Ledger {
  return {
    ...original,
    async advance(jobId, step) {
      const job = await original.readJob(jobId);
      if (job === null || !('attempt' in step)) return original.advance(jobId, step);
      return original.advance(jobId, { ...step, attempt: job.attempt } as JobStep);
    },
  };
}
