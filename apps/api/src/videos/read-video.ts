import {
  certificateFileName,
  chapterTrackFileName,
  dashManifestFileName,
  masterPlaylistFileName,
  posterFileName,
  previewFileName,
  progressiveFileName,
  spriteTrackFileName,
  stableKey,
  subtitleFileName,
  versionPrefix,
} from '@fyrestream/events';
import { readAudioChannels } from '@fyrestream/media';
import type { Stack } from '@fyrestream/operations';
import type { PublishedUrls } from './published-urls.ts';
import { readCertificate } from './read-certificate.ts';
import type { VideoView } from './video-schema.ts';

/** A version by the job and the token that name its folder. */
export interface VersionAddress {
  readonly jobId: string;
  readonly token: number;
}

/**
 * What is published of a version, by its certificate: also where the record of its job has expired.
 * @throws FyrestreamError `object-missing` if its files are removed
 */
export async function readVideo(
  stack: Pick<Stack, 'store' | 'outputBucket' | 'ledger'>,
  urls: PublishedUrls,
  { jobId, token }: VersionAddress,
): Promise<VideoView> {
  const prefix = versionPrefix(jobId, token);
  const { source, plan, files, certificateBytes } = await readCertificate(stack, prefix);
  const sizes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]));
  const manifest = { bucket: stack.outputBucket, key: prefix + dashManifestFileName };
  const [output, channels] = await Promise.all([
    stack.ledger.readOutput(source.key),
    sizes.has(dashManifestFileName) ? stack.store.readText(manifest).then(readAudioChannels) : null,
  ]);
  sizes.set(certificateFileName, certificateBytes);
  const fileOf = async (path: string) => ({
    path,
    url: await urls.fileUrl(prefix + path),
    sizeBytes: sizes.get(path) ?? 0,
  });
  const fileIfAny = async (path: string) => (sizes.has(path) ? fileOf(path) : null);
  const playlistOf = (fileName: typeof masterPlaylistFileName | typeof dashManifestFileName) =>
    sizes.has(fileName)
      ? {
          url: urls.playlistUrl(prefix + fileName),
          publicUrl: urls.publicUrl(stableKey(source.key, fileName)),
        }
      : null;
  const tracks = [
    ...(plan.video?.branches ?? []).flatMap(({ renditions }) =>
      renditions.map(({ id, codec, width, height }) => ({
        ...{ name: id, kind: 'video' as const, codec, width, height, language: null },
      })),
    ),
    ...plan.audio.map(({ id, language }) => ({
      ...{ name: id, kind: 'audio' as const, codec: 'aac', width: null, height: null, language },
    })),
  ];
  const mp4s = tracks
    .map((track) => ({ track, path: progressiveFileName(track.name, track.kind) }))
    .filter(({ path }) => sizes.has(path));
  const captions = plan.subtitles
    .map((track) => ({ track, path: `${track.id}/${subtitleFileName}` }))
    .filter(({ path }) => sizes.has(path));
  return {
    jobId,
    sourceKey: source.key,
    isCurrent: output?.published?.jobId === jobId && output.published.token === token,
    durationSeconds: plan.durationSeconds,
    playlist: playlistOf(masterPlaylistFileName),
    manifest: playlistOf(dashManifestFileName),
    poster: await fileIfAny(posterFileName),
    thumbnails: await fileIfAny(spriteTrackFileName),
    preview: await fileIfAny(previewFileName),
    chapters: await fileIfAny(chapterTrackFileName),
    audio: plan.audio.map(({ id, name, language, isDefault }) => ({
      ...{ name, language, channels: channels?.get(id) ?? null, isDefault },
    })),
    captions: await Promise.all(
      captions.map(async ({ track: { id: _id, ...track }, path }) => ({ ...track, ...(await fileOf(path)) })),
    ),
    files: await Promise.all(mp4s.map(async ({ track, path }) => ({ ...track, ...(await fileOf(path)) }))),
    certificate: await fileOf(certificateFileName),
  };
}
