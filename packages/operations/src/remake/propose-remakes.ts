import {
  FyrestreamError,
  isJobOfVersion,
  isTerminal,
  type JobRecord,
  type OutputRecord,
  presentProfileOf,
  profileOf,
  type Reason,
  reasonFrom,
  type Upload,
} from '@fyrestream/events';
import { estimateCost, fargatePrices, forecastRemake, sizeTask } from '@fyrestream/media';
import pMap from 'p-map';
import type { Stack, StackMaking } from '../stack/stack.ts';
import type { RemakeProposal } from './remake-proposal.ts';

export interface RemakeRequest {
  /** Jobs of the wanted videos; of each video, one is enough. */
  readonly jobs: readonly JobRecord[];
  /** The name of the profile; without it, each video is made by the one that it has now. */
  readonly profile?: string | undefined;
  /** Whether a video that would become what it is already is made all the same. */
  readonly includesUnchanged: boolean;
}

const concurrentReads = 16;

/**
 * What a remake of published videos would keep and encode, and what it would cost, from the ledger alone: no object is read. In the order
 * of the jobs, each video once.
 * @throws FyrestreamError `making-unknown` where the stack does not tell its profiles; `profile-unknown`
 */
export async function proposeRemakes(
  { ledger, making, name }: Pick<Stack, 'ledger' | 'making' | 'name'>,
  request: RemakeRequest,
): Promise<RemakeProposal[]> {
  if (making === null) throw makingUnknown(name);
  if (request.profile !== undefined) profileOf(request.profile, making.profiles.profiles);
  const byKey = new Map(request.jobs.map((job) => [job.upload.key, job]));
  const byId = new Map(request.jobs.map((job) => [job.jobId, job]));
  return pMap(
    byKey.values(),
    async ({ jobId, upload: { key } }) => {
      const output = await ledger.readOutput(key);
      const published = output?.published ?? null;
      if (output === null || published === null)
        return notMade({ key, jobId }, 'nothing-published', 'Nothing is published of it.');
      const job = byId.get(published.jobId) ?? (await ledger.readJob(published.jobId));
      const found = { key, jobId: published.jobId };
      if (job === null) return notMade(found, 'record-removed', 'The record of its job was removed.');
      if (job.outputs === null)
        return notMade(
          found,
          'publication-incomplete',
          `Job ${job.jobId} has not completed its publication.`,
        );
      const waits = await whyWaits(ledger, output, job);
      if (waits !== null) return { ...notMade({ key, jobId: job.jobId }), reason: waits };
      return propose(job, making, { ...request, edition: (output.latest.order.edition ?? 0) + 1 });
    },
    { concurrency: concurrentReads },
  );
}

function propose(
  job: JobRecord,
  { profiles, platform }: StackMaking,
  { profile: wanted, includesUnchanged, edition }: RemakeRequest & { readonly edition: number },
): RemakeProposal {
  const { jobId, upload, outputs, making } = job;
  const named = wanted ?? (making?.from === 'remake' ? making.profile : undefined);
  const profile = named ?? presentProfileOf(job, profiles);
  const found = { key: upload.key, jobId, profile };
  try {
    const { ladder } = profileOf(profile, profiles.profiles);
    const leavesOut = making?.options.watermark === false;
    const settings = leavesOut ? { ...ladder, watermark: 'off' as const } : ladder;
    if (outputs === null) return notMade(found, 'nothing-published', 'Nothing is published of it.');
    const { kept, encoded, keepsAudio, isUnchanged, work, wholeWork } = forecastRemake(
      { sizeBytes: upload.sizeBytes, outputs },
      settings,
    );
    if (isUnchanged && !includesUnchanged)
      return { ...notMade(found, 'unchanged', 'It is already as its profile wants it.'), kept, keepsAudio };
    const cost = estimateCost(work, sizeTask(wholeWork), fargatePrices(platform));
    return {
      ...{ ...found, kept, encoded, keepsAudio, costEstimateUsd: cost.dollars, reason: null },
      upload: { ...withoutProfile(upload), edition, ...(named !== undefined && { profile: named }) },
    };
  } catch (error) {
    return { ...notMade(found), reason: reasonFrom(error) };
  }
}

function notMade(
  { profile = '', ...found }: { key: string; jobId: string; profile?: string },
  code = '',
  message = '',
): RemakeProposal {
  const reason: Reason = { code, message, retryable: false };
  const nothing = { kept: [], encoded: [], keepsAudio: null, costEstimateUsd: 0, upload: null };
  return { ...found, profile, ...nothing, reason };
}

function withoutProfile({ profile: _profile, ...upload }: Upload): Upload {
  return upload;
}

/** What comes after the published version: a newer upload, or an edition of it that is under way. An edition that ended does not count. */
async function whyWaits(
  ledger: Pick<Stack['ledger'], 'readJob'>,
  { latest }: OutputRecord,
  { jobId, upload }: JobRecord,
): Promise<Reason | null> {
  if (latest.jobId === jobId) return null;
  const reason = (code: string, message: string): Reason => ({ code, message, retryable: true });
  if (!isJobOfVersion(latest, upload))
    return reason('newer-upload', `A newer upload of it is job ${latest.jobId}, which has not published it.`);
  const edition = await ledger.readJob(latest.jobId);
  if (edition === null || isTerminal(edition)) return null;
  return reason('under-way', `It is being made anew by job ${latest.jobId}.`);
}

function makingUnknown(name: string): FyrestreamError {
  return new FyrestreamError({
    code: 'making-unknown',
    message: `${name} does not tell its profiles: deploy this release there first.`,
    retryable: false,
  });
}
