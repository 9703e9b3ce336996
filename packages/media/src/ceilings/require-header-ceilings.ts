import { z } from 'zod';
import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';

const tagged = z.object({ tags: z.record(z.string(), z.unknown()).optional().catch(undefined) });
const stream = tagged.extend({
  disposition: z.object({ attached_pic: z.number() }).optional().catch(undefined),
});

/** The output of `headerProbeArguments`. */
const headerSchema = z.object({
  format: tagged.optional(),
  streams: z.array(stream).optional(),
  programs: z.array(tagged).optional(),
  chapters: z.array(tagged).optional(),
});

/**
 * Refuses a source that has so many tags, chapters or cover images that each process that opens it needs seconds or
 * gigabytes: ffmpeg compares each tag with all others, and decodes all covers before any frame. This holds for every
 * container: ID3, Vorbis comments, RIFF INFO, iTunes and QuickTime metadata, ASF, CAF, APE.
 * @param ffprobeJson the parsed output of `headerProbeArguments`; what it does not describe is accepted
 * @throws MediaRefusal `metadata-too-large`, `too-many-streams`
 */
export function requireHeaderCeilings(ffprobeJson: unknown): void {
  const parsed = headerSchema.safeParse(ffprobeJson);
  if (!parsed.success) return;
  const { format, streams = [], programs = [], chapters = [] } = parsed.data;
  const tags = [format ?? {}, ...streams, ...programs, ...chapters].reduce(
    (sum, { tags = {} }) => sum + Object.keys(tags).length,
    0,
  );
  if (chapters.length > mediaCeilings.chapters)
    throw new MediaRefusal('metadata-too-large', `It has ${chapters.length} chapters.`);
  if (tags > mediaCeilings.tags) throw new MediaRefusal('metadata-too-large', `It has ${tags} tags.`);
  const covers = streams.filter(({ disposition }) => disposition?.attached_pic === 1).length;
  if (covers > mediaCeilings.videoStreams)
    throw new MediaRefusal('too-many-streams', `It has ${covers} cover images.`);
}
