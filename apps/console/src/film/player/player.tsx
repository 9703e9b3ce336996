import { Hls, type HlsVideoElement } from 'hls-video-element';
import HlsVideo from 'hls-video-element/react';
import {
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaLoadingIndicator,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaPosterImage,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import {
  MediaAudioTrackMenu,
  MediaAudioTrackMenuButton,
  MediaCaptionsMenu,
  MediaCaptionsMenuButton,
  MediaRenditionMenu,
  MediaRenditionMenuButton,
} from 'media-chrome/react/menu';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { Button } from '../../design/button.tsx';
import type { Chapter } from '../chapters/parse-chapters.ts';
import type { Playable } from '../choose-playable.ts';
import './player.css';
import { showChapters } from './show-chapters.ts';
import { StereoPlaylistLoader } from './stereo-playlist-loader.ts';

export interface PlayerProps extends Playable {
  readonly posterUrl: string | null;
  /** WebVTT whose cues name parts of images. */
  readonly thumbnailsUrl: string | null;
  /** None until they are loaded. */
  readonly chapters: readonly Chapter[];
  /** Called with what plays the film, and with null when it is gone. */
  readonly onMedia: (media: HTMLMediaElement | null) => void;
}

/**
 * No rendition larger than the player is loaded unless it is chosen. The property `config` of the element would be too late: React sets it
 * after the page is committed, and the element makes its instance of hls.js as soon as it has its `src`.
 */
Hls.DefaultConfig = { ...Hls.DefaultConfig, capLevelToPlayerSize: true, loader: StereoPlaylistLoader };

/**
 * Plays HLS, or one file, with menus for quality, audio and captions, and with thumbnails and chapters on the time line. This is the only file that knows
 * the libraries of the player: media-chrome has the controls, hls.js plays.
 */
export function Player(props: PlayerProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(1);
  if (failure === null) return <Film key={attempt} {...props} onFailure={setFailure} />;
  return (
    <div className="player-failure" role="alert">
      <p>The film cannot be played: {failure}.</p>
      <Button
        onPress={() => {
          setFailure(null);
          setAttempt(attempt + 1);
        }}
      >
        Try again
      </Button>
    </div>
  );
}

function Film({
  playlistUrl,
  fileUrl,
  captions,
  posterUrl,
  thumbnailsUrl,
  chapters,
  onMedia,
  onFailure,
}: PlayerProps & { onFailure: (failure: string) => void }) {
  const [media, setMedia] = useState<HTMLMediaElement | null>(null);
  useEffect(() => {
    onMedia(media);
    return () => onMedia(null);
  }, [media, onMedia]);
  useEffect(() => {
    if (media !== null && chapters.length > 0) showChapters(media, chapters);
  }, [media, chapters]);
  // By now the element has made its instance of hls.js, whose errors it does not report.
  const reportFailures = ({ currentTarget }: SyntheticEvent<HlsVideoElement>) => {
    currentTarget.api?.on(Hls.Events.ERROR, (_event, { fatal, details, response }) => {
      if (fatal) onFailure(describeFailure(details, response?.code));
    });
  };
  const thumbnails = thumbnailsUrl !== null && (
    <track kind="metadata" label="thumbnails" src={thumbnailsUrl} default />
  );
  return (
    <MediaController className="player">
      {playlistUrl === null ? (
        // biome-ignore lint/a11y/useMediaCaption: those of the film, which may have none.
        <video
          ref={setMedia}
          slot="media"
          src={fileUrl ?? undefined}
          preload="metadata"
          playsInline
          onError={({ currentTarget }) =>
            onFailure(currentTarget.error?.message ?? 'an error of the browser')
          }
        >
          {thumbnails}
          {captions.map(({ path, url, language, name }) => (
            <track key={path} kind="captions" src={url} srcLang={language ?? 'und'} label={name} />
          ))}
        </video>
      ) : (
        <HlsVideo
          ref={setMedia}
          slot="media"
          src={playlistUrl}
          preload="metadata"
          playsInline
          onLoadStart={reportFailures}
        >
          {thumbnails}
        </HlsVideo>
      )}
      {posterUrl !== null && <MediaPosterImage slot="poster" src={posterUrl} />}
      <MediaLoadingIndicator slot="centered-chrome" noAutohide />
      <MediaCaptionsMenu hidden anchor="auto" />
      <MediaAudioTrackMenu hidden anchor="auto" />
      <MediaRenditionMenu hidden anchor="auto" />
      <div className="player-controls">
        <MediaTimeRange />
        <MediaControlBar>
          <MediaPlayButton />
          <MediaMuteButton />
          <MediaVolumeRange />
          <MediaTimeDisplay showDuration noToggle />
          <span className="player-space" />
          <MediaCaptionsMenuButton />
          <MediaAudioTrackMenuButton />
          <MediaRenditionMenuButton />
          <MediaPipButton />
          <MediaFullscreenButton />
        </MediaControlBar>
      </div>
    </MediaController>
  );
}

function describeFailure(details: string, status: number | undefined): string {
  // The addresses of files are valid until the server stops.
  if (status === 404) return 'its files are not at this address any more; reload the page';
  return status ? `${details}, status ${status}` : details;
}
