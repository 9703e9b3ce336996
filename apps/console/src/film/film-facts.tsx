import type { JobDetail } from '../api/views.ts';
import { KeyValues } from '../design/key-values.tsx';
import { formatBytes } from '../format/quantities.ts';
import { formatSeconds, formatTime } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import type { Video } from './use-video.ts';

export function FilmFacts({ job, video }: { job: JobDetail; video: Video }) {
  const heights = new Set(video.files.flatMap(({ height }) => height ?? []));
  return (
    <Section title="Film">
      <KeyValues
        entries={[
          ['Duration', video.durationSeconds === null ? null : formatSeconds(video.durationSeconds)],
          ['Qualities', [...heights].map((height) => `${height}p`).join(', ') || null],
          ['Upload', formatBytes(job.sizeBytes)],
          ['Published', job.finishedAt === null ? null : formatTime(job.finishedAt)],
        ]}
      />
    </Section>
  );
}
