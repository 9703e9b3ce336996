import { Link } from 'react-aria-components';
import { Failure } from '../design/failure.tsx';
import { Loading } from '../design/loading.tsx';
import { useLiveJob } from '../job/use-live-job.ts';
import { PageHeader } from '../layout/page-header.tsx';
import { PublishedFilm } from './published-film.tsx';
import { UnpublishedFilm } from './unpublished-film.tsx';
import { isWithoutFiles, useVideo } from './use-video.ts';

/** What a job published: to watch, to download and to embed. It appears when the job is done. */
export function FilmPage({ jobId }: { jobId: string }) {
  const { data: job, error: jobError } = useLiveJob(jobId);
  const isPublished = job?.status === 'succeeded' && !job.isDeleted;
  const { data: video, error: videoError } = useVideo(jobId, isPublished);
  if (isPublished && video) return <PublishedFilm job={job} video={video} />;
  if (job && (!isPublished || isWithoutFiles(videoError))) return <UnpublishedFilm job={job} />;
  const error = jobError ?? videoError;
  return (
    <>
      <PageHeader title="Film" above={<Link href="/">Jobs</Link>} />
      {error ? <Failure error={error} /> : <Loading />}
    </>
  );
}
