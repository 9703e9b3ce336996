import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-aria-components';
import type { JobDetail } from '../api/views.ts';
import { Chapters } from './chapters/chapters.tsx';
import type { Chapter } from './chapters/parse-chapters.ts';
import { useChapters } from './chapters/use-chapters.ts';
import { choosePlayable } from './choose-playable.ts';
import { Downloads } from './downloads.tsx';
import { Embed } from './embed.tsx';
import { FilmFacts } from './film-facts.tsx';
import { FilmHeader } from './film-header.tsx';
import { NewerVersion } from './newer-version.tsx';
import './published-film.css';
import { Tracks } from './tracks.tsx';
import type { Video } from './use-video.ts';

// Only pages with a film load the player and hls.js.
const Player = lazy(() => import('./player/player.tsx').then(({ Player }) => ({ default: Player })));

const noChapters: readonly Chapter[] = [];

export function PublishedFilm({ job, video }: { job: JobDetail; video: Video }) {
  const { playlist, poster, thumbnails, sourceKey } = video;
  const playable = choosePlayable(video);
  const [media, setMedia] = useState<HTMLMediaElement | null>(null);
  const { data: chapters = noChapters, error } = useChapters(video.chapters?.url ?? null);
  return (
    <>
      <FilmHeader {...job}>
        <Link href={`/films/${job.jobId}/certificate`} className="button button-plain">
          Certificate
        </Link>
      </FilmHeader>
      {!video.isCurrent && <NewerVersion sourceKey={sourceKey} />}
      <div className="published-film-stage">
        {playable === null ? (
          <p className="published-film-note">
            {playlist === null ? (
              'This film has neither HLS nor MP4 files, and this page plays no DASH.'
            ) : (
              <>
                The files of this film have separate addresses here, which no playlist can name. Download it,
                or watch it with the command <code>fyrestream play {job.jobId}</code>.
              </>
            )}
          </p>
        ) : (
          <Suspense>
            <Player
              {...playable}
              posterUrl={poster?.url ?? null}
              thumbnailsUrl={thumbnails?.url ?? null}
              chapters={chapters}
              onMedia={setMedia}
            />
          </Suspense>
        )}
      </div>
      {job.damage !== null && <p className="published-film-damage">{job.damage}</p>}
      <Chapters chapters={chapters} error={error} media={media} />
      <FilmFacts job={job} video={video} />
      <Tracks video={video} />
      <Downloads video={video} />
      {playlist !== null && <Embed video={{ ...video, playlist }} />}
    </>
  );
}
