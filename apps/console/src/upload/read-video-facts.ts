export interface VideoFacts {
  readonly durationSeconds?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A damaged file may never load. */
const maxMilliseconds = 5_000;

/** What the browser can tell of a file; nothing of a container or codec that it cannot play. */
export async function readVideoFacts(file: File): Promise<VideoFacts> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  try {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, maxMilliseconds);
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      video.addEventListener('loadedmetadata', end, { once: true });
      video.addEventListener('error', end, { once: true });
      video.preload = 'metadata';
      video.src = url;
    });
    const { duration, videoWidth, videoHeight } = video;
    return {
      ...(Number.isFinite(duration) && { durationSeconds: duration }),
      ...(videoWidth > 0 && { width: videoWidth, height: videoHeight }),
    };
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}
