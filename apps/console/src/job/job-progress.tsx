import type { JobDetail, Track } from '../api/views.ts';
import { ProgressBar } from '../design/progress-bar.tsx';
import { describePace } from '../format/describe-pace.ts';
import { formatFraction } from '../format/quantities.ts';
import './job-progress.css';
import { usePlan } from './use-plan.ts';
import { withPlannedTracks } from './with-planned-tracks.ts';

/** How far a job is that runs or waits: the whole, and each rendition and audio track. */
export function JobProgress({ job }: { job: JobDetail }) {
  const { status, progress } = job;
  const { data: plan } = usePlan(job);
  if (status !== 'running' && status !== 'queued') return null;
  const { phase, fraction, speed, etaSeconds, waitsFor, queue } = progress;
  const tracks = withPlannedTracks(job.tracks, plan);
  return (
    <section className="job-progress" aria-label="Progress">
      <div className="job-progress-whole">
        <p className="job-progress-percent">{formatFraction(fraction)}</p>
        <p className="job-progress-phase">
          {waitsFor === null ? phase : `waits for ${waitsFor}`}
          {queue !== null && `, ${queue.place} of ${queue.length}`}
        </p>
        <p className="job-progress-pace">{describePace({ speed, etaSeconds })}</p>
      </div>
      <ProgressBar label="Progress of the job" fraction={fraction} look="thick" />
      {tracks.length > 0 && (
        <ul className="job-progress-tracks">
          {tracks.map((track) => (
            <TrackProgress key={track.trackId} track={track} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TrackProgress({
  track: { trackId, fraction, verifiedFraction, speed, etaSeconds },
}: {
  track: Track;
}) {
  const isEncoded = fraction === 1;
  return (
    <li className="job-progress-track">
      <span className="job-progress-name">{trackId}</span>
      <ProgressBar label={trackId} fraction={verifiedFraction} behind={fraction} />
      <span className="job-progress-number">{formatFraction(fraction)}</span>
      <span className="job-progress-detail">
        {isEncoded ? `verified ${formatFraction(verifiedFraction)}` : describePace({ speed, etaSeconds })}
      </span>
    </li>
  );
}
