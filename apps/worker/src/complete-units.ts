import type { Claim, UnitEnd } from '@fyrestream/cloud';
import { assemblyUnitId, FyrestreamError, planUnitId, reasonFrom, verifiedUnitId } from '@fyrestream/events';
import {
  type ActiveClaim,
  isObsoleteWorkError,
  obsoleteWorkError,
  startClaimHeartbeat,
} from './claim-heartbeat.ts';
import { type CurrentPlan, readCurrentPlan, requireCurrentPlan } from './current-plan.ts';
import type { JobContext } from './job-context.ts';
import { requestWorkers } from './request-workers.ts';
import type { MediaStages } from './stages/media-stages.ts';
import type { StoredPlan } from './stored-plan.ts';
import { openUnits } from './units/open-units.ts';
import { runAssemblyUnit } from './units/run-assembly-unit.ts';
import { runEncodeUnit } from './units/run-encode-unit.ts';
import { runPlanUnit } from './units/run-plan-unit.ts';
import { runVerificationUnit } from './units/run-verification-unit.ts';
import { countUnreported, type TakeRequests } from './unreported-requests.ts';
import type { WorkerRole } from './worker-role.ts';

/** How often a worker looks for open units while other workers have claimed all of them. */
const pollMilliseconds = 2_000;

/** Units that are done side by side; see `OpenUnits`. */
const places = ['beside', 'main'] as const;
type Place = (typeof places)[number];

export type UnitContext = JobContext & WorkerRole & { readonly stages: MediaStages };

/**
 * Claims a unit of the job, does it, marks it done, and repeats this until no unit is left. Where the video is divided, two units
 * are done side by side: the next part is encoded while the last one is verified.
 * @throws the first failure of a unit
 */
export async function completeUnits(work: UnitContext, owner: string, stop: AbortSignal): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([stop, failure.signal]);
  const takeRequests = countUnreported(work.store);
  let plan: CurrentPlan | null = null;
  const running = new Set<string>();
  const begun = new Map<Place, Promise<Place>>();
  const run = async (claimed: ActiveClaim, stored: StoredPlan | null) => {
    running.add(claimed.unitId);
    try {
      await runUnit(work, stored, { claim: claimed, takeRequests }).catch(unlessOthersContinue(work));
    } catch (error) {
      failure.abort(error);
    } finally {
      running.delete(claimed.unitId);
    }
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      const units = await work.ledger.listUnits(work.job.jobId);
      if (units.some(({ unitId, state }) => unitId === assemblyUnitId && state === 'done')) return;
      if (plan !== null) requireCurrentPlan(plan, units);
      else {
        plan = await readCurrentPlan(work, units);
        if (plan !== null && work.isLeading) await requestWorkers(work, plan);
      }
      const stored = plan?.stored ?? null;
      const isDetailed = units.some(({ audioUnits }) => audioUnits !== undefined);
      const open = openUnits(stored?.plan ?? null, units, { owner, isLeading: work.isLeading, running });
      for (const place of places) {
        if (begun.has(place)) continue;
        const claim = await claimFirst(work, { plan, unitIds: open[place], owner, signal, isDetailed });
        if (claim !== null)
          begun.set(
            place,
            run(claim, stored).then(() => place),
          );
      }
      // Whichever ends first, its place is taken by the next unit.
      if (begun.size > 0) begun.delete(await Promise.race(begun.values()));
      else if (work.isLeading) await waitForOtherWorkers(work, signal);
      else return;
    }
  } catch (error) {
    failure.abort(error);
    throw error;
  } finally {
    await Promise.all(begun.values());
  }
}

/** This worker continues with other units: another one has this unit now, or the units have to be replaced by one. */
function unlessOthersContinue({ log }: JobContext) {
  return (error: unknown) => {
    if (!(error instanceof FyrestreamError)) throw error;
    if (error.code !== 'claim-lost' && error.code !== 'units-do-not-fit') throw error;
    log.warn({ reason: reasonFrom(error) }, error.code);
  };
}

/** @returns null while other workers have claimed all of these units */
async function claimFirst(
  work: UnitContext,
  {
    plan,
    unitIds,
    owner,
    signal,
    isDetailed,
  }: {
    plan: CurrentPlan | null;
    unitIds: readonly string[];
    owner: string;
    signal: AbortSignal;
    isDetailed: boolean;
  },
): Promise<ActiveClaim | null> {
  const { ledger, launchedAt } = work;
  const { jobId } = work.job;
  for (const unitId of unitIds) {
    const claim = await ledger.claimUnit({ jobId, unitId, owner, launchedAt });
    if (claim === null) continue;
    if (plan !== null) await requireCurrentPlanOf(work, plan, claim);
    return startClaimHeartbeat(work, claim, signal, isDetailed);
  }
  return null;
}

/** The plan may have been replaced since the units were listed; from now on a new plan makes the claim void. */
async function requireCurrentPlanOf({ ledger }: UnitContext, plan: CurrentPlan, claim: Claim): Promise<void> {
  try {
    const current = await ledger.readUnit(claim.jobId, planUnitId);
    requireCurrentPlan(plan, current === null ? [] : [current]);
  } catch (error) {
    await ledger.releaseClaim(claim).catch(() => false);
    throw error;
  }
}

async function runUnit(
  work: UnitContext,
  stored: StoredPlan | null,
  { claim, takeRequests }: { claim: ActiveClaim; takeRequests: TakeRequests },
): Promise<void> {
  const { ledger, log } = work;
  const startedAt = Date.parse(work.clock());
  log.info({ unitId: claim.unitId, token: claim.token }, 'unit-claimed');
  try {
    const end = await doUnit(work, stored, claim);
    await ledger.finishUnit(claim, { ...end, ...claim.meter.end(), ...takeRequests(claim) });
    const seconds = (Date.parse(work.clock()) - startedAt) / 1_000;
    log.info({ unitId: claim.unitId, token: claim.token, seconds }, 'unit-done');
  } catch (error) {
    // What an abort interrupts may fail in another way, such as a download by a closed connection.
    const cause = claim.signal.aborted ? claim.signal.reason : error;
    // Other workers can claim the unit at once. If the release fails, the lease expires.
    if (!isObsoleteWorkError(cause)) await ledger.releaseClaim(claim).catch(() => false);
    throw cause;
  } finally {
    claim.stopHeartbeat();
  }
}

async function doUnit(work: UnitContext, stored: StoredPlan | null, claim: ActiveClaim): Promise<UnitEnd> {
  const { stages } = work;
  if (stored === null) return runPlanUnit(work, stages, claim);
  if (claim.unitId === assemblyUnitId) await runAssemblyUnit(work, stages, stored, claim);
  else if (verifiedUnitId(claim.unitId) !== null) await runVerificationUnit(work, stages, stored.plan, claim);
  else return runEncodeUnit(work, stages, stored.plan, claim);
  return {};
}

/** Waits while other workers have claimed all open units; the job may end meanwhile. */
async function waitForOtherWorkers({ ledger, job, timers }: JobContext, stop: AbortSignal): Promise<void> {
  await timers.sleep(pollMilliseconds, stop);
  const current = await ledger.readJob(job.jobId);
  if (current?.status !== 'running')
    throw obsoleteWorkError('job-over', `the job is ${current?.status ?? 'deleted'}`);
}
