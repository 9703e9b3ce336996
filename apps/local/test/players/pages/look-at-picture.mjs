const width = 32;
const height = 18;

/**
 * Measures every frame that is shown: how bright it is, and how much there is to see in it.
 * @param {HTMLVideoElement} video
 */
export function lookAtPicture(video) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const seen = [];
  let isOver = false;
  const look = (_now, { mediaTime }) => {
    context.drawImage(video, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const greens = Array.from({ length: width * height }, (_, index) => data[index * 4 + 1]);
    const brightness = greens.reduce((sum, green) => sum + green, 0) / greens.length;
    const contrast = Math.sqrt(
      greens.reduce((sum, green) => sum + (green - brightness) ** 2, 0) / greens.length,
    );
    seen.push({ atSeconds: mediaTime, clockSeconds: video.currentTime, brightness, contrast });
    if (!isOver) video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  return {
    end() {
      isOver = true;
      return seen;
    },
  };
}
