import { access, rename } from 'node:fs/promises';
import {
  FyrestreamError,
  initFileName,
  type LeftOut,
  reasonFrom,
  subtitleFileName,
  trackFileKey,
  type UnitClaim,
  type UnitRecord,
  unitContentsKey,
  verificationKey,
  verificationUnitId,
} from '@fyrestream/events';
import {
  createPresentation,
  type EncodePlan,
  joinTrackManifests,
  type Presentation,
  plannedRenditions,
  type SubtitleReport,
  type TrackAddresses,
  type TrackManifest,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import type { KeptVersion } from '../kept-version.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { type UnitContents, unitContentsSchema } from '../unit-contents.ts';
import { type UnitVerification, unitVerificationSchema } from '../unit-verification.ts';
import { isDivided, unitsToEncode } from '../units/units-to-encode.ts';

/** One file of a track and its key in the output bucket. */
export interface TrackFile {
  readonly trackId: string;
  readonly fileName: string;
  readonly key: string;
  readonly sizeBytes: number;
  /** Null where an older version made it. */
  readonly sha256: string | null;
}

/** Everything that the finished units of a job stored. */
export interface GatheredTracks {
  readonly presentation: Presentation;
  /** The claims of the units that encoded tracks, in the order of the plan; a unit with subtitles only is not among them. */
  readonly encoders: readonly UnitClaim[];
  /** What was checked unit by unit; null where the assembly has to verify everything. */
  readonly verifications: readonly UnitVerification[] | null;
  /** In playing order: the init segment, then the segments. */
  filesOf(trackId: string): TrackFile[];
  /** The conversion report of each subtitle track. */
  readonly subtitleReports: readonly (SubtitleReport & { trackId: string })[];
  /** Of each audio track; none where an older version encoded them. */
  readonly loudness: NonNullable<UnitContents['loudness']>;
  /** The content address of each track whose units were all made in the same way, by its id. */
  readonly addresses: TrackAddresses;
  /** What the units found to be missing. */
  readonly leftOut: readonly LeftOut[];
  /** Every file of every track. */
  readonly files: TrackFile[];
}

/** Reads what the finished claim of each unit stored and joins the tracks. */
export async function gatherTracks(
  work: JobContext,
  { plan, kept }: Pick<StoredPlan, 'plan' | 'kept'>,
): Promise<GatheredTracks> {
  const records = await work.ledger.listUnits(work.job.jobId);
  const units = unitsToEncode(plan, records);
  const parts = await Promise.all(
    units.map(async (unit) => {
      const record = records.find((candidate) => candidate.unitId === unit.id);
      if (record?.state !== 'done') throw notDone(unit.id);
      const claim = { jobId: record.jobId, unitId: record.unitId, token: record.token };
      return { claim, stored: await readStoredUnit(work, claim) };
    }),
  );
  const trackIds = [...new Set(parts.flatMap(({ stored }) => stored.tracks.map((track) => track.trackId)))];
  const tracks = inPlannedOrder(plan, [
    ...(await joinTracks(work, trackIds, parts)),
    ...(kept?.tracks ?? []),
  ]);
  const files = [
    ...parts.flatMap(({ claim, stored }) => filesOfUnit(claim, stored)),
    ...(kept ? filesOfKept(kept) : []),
  ];
  return {
    presentation: createPresentation(
      tracks,
      parts.flatMap(({ stored }) => stored.subtitles),
      plan,
    ),
    verifications: isDivided(units)
      ? await readVerifications(
          work,
          records,
          parts.map(({ claim }) => claim),
        )
      : null,
    encoders: parts.filter(({ stored }) => stored.tracks.length > 0).map(({ claim }) => claim),
    subtitleReports: parts.flatMap(({ stored }) =>
      stored.subtitles.flatMap(({ trackId, report }) => (report ? { trackId, ...report } : [])),
    ),
    loudness: [...parts.flatMap(({ stored }) => stored.loudness ?? []), ...(kept?.loudness ?? [])],
    addresses: { ...addressesOfUnits(parts.map(({ stored }) => stored)), ...kept?.addresses },
    leftOut: parts.flatMap(({ stored }) => stored.leftOut ?? []),
    files: uniqueFiles(files),
    filesOf: (trackId) => uniqueFiles(files.filter((file) => file.trackId === trackId)),
  };
}

/** Players offer the tracks in the order of the plan, whichever of them were encoded. */
function inPlannedOrder(plan: EncodePlan, tracks: readonly TrackManifest[]): TrackManifest[] {
  const ids = [...plannedRenditions(plan), ...plan.audio].map(({ id }) => id);
  return tracks.toSorted((left, right) => ids.indexOf(left.trackId) - ids.indexOf(right.trackId));
}

/** The segments of the kept tracks, where the version that is published has them. */
function filesOfKept({ prefix, tracks, files }: KeptVersion): TrackFile[] {
  return tracks.flatMap(({ trackId, init, segments }) =>
    [init, ...segments].map(({ fileName, sizeBytes }) => {
      const path = `${trackId}/${fileName}`;
      const sha256 = files.find((file) => file.path === path)?.sha256 ?? null;
      return { trackId, fileName, key: prefix + path, sizeBytes, sha256 };
    }),
  );
}

/** Workers of different releases may have encoded different units of a track: it then has none. */
function addressesOfUnits(units: readonly UnitContents[]): TrackAddresses {
  const found = new Map<string, Set<string | undefined>>();
  for (const { tracks, addresses } of units)
    for (const { trackId } of tracks)
      found.set(trackId, (found.get(trackId) ?? new Set()).add(addresses?.[trackId]));
  return Object.fromEntries(
    [...found].flatMap(([trackId, [address, ...others]]) =>
      address === undefined || others.length > 0 ? [] : [[trackId, address]],
    ),
  );
}

/** @throws FyrestreamError `units-do-not-fit` after it has recorded that one unit has to replace those of the video */
async function joinTracks(
  { ledger }: JobContext,
  trackIds: readonly string[],
  parts: readonly { claim: UnitClaim; stored: UnitContents }[],
): Promise<TrackManifest[]> {
  const partsOf = (trackId: string) =>
    parts.flatMap(({ claim, stored }) => tracksOf(stored, trackId).map((track) => ({ claim, track })));
  const joined: TrackManifest[] = [];
  for (const trackId of trackIds) {
    const own = partsOf(trackId);
    try {
      joined.push(joinTrackManifests(own.map(({ track }) => track)));
    } catch (error) {
      const [first, second] = own;
      if (!first || !second) throw error;
      await ledger.recordInexactness(first.claim);
      throw new FyrestreamError({
        code: 'units-do-not-fit',
        message: `The units of the video are replaced by one: ${reasonFrom(error).message}`,
        retryable: true,
      });
    }
  }
  return joined;
}

/** @returns the path on the scratch disk; the file is downloaded unless this worker made it */
export async function fetchTrackFile(
  work: JobContext,
  file: TrackFile,
  signal: AbortSignal,
): Promise<string> {
  const path = await work.scratch.path(file.key);
  const isHere = await access(path).then(
    () => true,
    () => false,
  );
  if (isHere) return path;
  // An interrupted download must not be taken for the file.
  await work.store.download({ bucket: work.settings.outputBucket, key: file.key }, `${path}.part`, signal);
  await rename(`${path}.part`, path);
  return path;
}

export async function readStoredUnit(
  { store, settings }: JobContext,
  claim: UnitClaim,
): Promise<UnitContents> {
  const text = await store.readText({ bucket: settings.outputBucket, key: unitContentsKey(claim) });
  return unitContentsSchema.parse(JSON.parse(text));
}

function tracksOf(stored: UnitContents, trackId: string): TrackManifest[] {
  return stored.tracks.filter((track) => track.trackId === trackId);
}

export function filesOfUnit(claim: UnitClaim, stored: UnitContents): TrackFile[] {
  const file = (trackId: string, fileName: string, sizeBytes: number): TrackFile => ({
    trackId,
    fileName,
    sizeBytes,
    sha256: stored.fileHashes?.[`${trackId}/${fileName}`] ?? null,
    key: trackFileKey(claim, trackId, fileName),
  });
  return [
    ...stored.tracks.flatMap((track) => [
      file(track.trackId, initFileName, track.init.sizeBytes),
      ...track.segments.map((segment) => file(track.trackId, segment.fileName, segment.sizeBytes)),
    ]),
    ...stored.subtitles.map((track) => file(track.trackId, subtitleFileName, track.sizeBytes)),
  ];
}

/** All units of a track have the same init segment; the first one is used. */
function uniqueFiles(files: TrackFile[]): TrackFile[] {
  const byName = new Map<string, TrackFile>();
  for (const file of files) {
    const name = `${file.trackId}/${file.fileName}`;
    if (!byName.has(name)) byName.set(name, file);
  }
  return [...byName.values()];
}

/** @throws FyrestreamError `unit-not-done` where one is about another encode of its unit */
async function readVerifications(
  { store, settings }: JobContext,
  records: readonly UnitRecord[],
  encoders: readonly UnitClaim[],
): Promise<UnitVerification[]> {
  return Promise.all(
    encoders.map(async ({ unitId, token }) => {
      const record = records.find((candidate) => candidate.unitId === verificationUnitId(unitId));
      if (record?.state !== 'done') throw notDone(verificationUnitId(unitId));
      const text = await store.readText({ bucket: settings.outputBucket, key: verificationKey(record) });
      const verification = unitVerificationSchema.parse(JSON.parse(text));
      if (verification.encodeToken !== token) throw notDone(verificationUnitId(unitId));
      return verification;
    }),
  );
}

function notDone(unitId: string): FyrestreamError {
  return new FyrestreamError({
    code: 'unit-not-done',
    message: `Unit ${unitId} is not done.`,
    retryable: true,
  });
}
