import { Link } from 'react-aria-components';
import type { JobDetail } from '../api/views.ts';
import { StatusChip } from '../design/status-chip.tsx';
import { describeMissingFilm } from './describe-missing-film.ts';
import { FilmHeader } from './film-header.tsx';
import './unpublished-film.css';

/** Why there is no film. */
export function UnpublishedFilm({ job }: { job: JobDetail }) {
  return (
    <>
      <FilmHeader {...job} beside={<StatusChip status={job.status} />} />
      <div className="unpublished-film">
        <p role="status">{describeMissingFilm(job)}</p>
        <Link href={`/jobs/${job.jobId}`}>Go to its job</Link>
      </div>
    </>
  );
}
