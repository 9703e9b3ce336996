const windowSamples = 1024;
const intervalMilliseconds = 20;

/**
 * Measures the volume of some tones during playback.
 * @param {HTMLVideoElement} video
 * @param {Record<string, number>} toneHertz
 */
export async function listenToTones(video, toneHertz) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: windowSamples });
  context.createMediaElementSource(video).connect(analyser).connect(context.destination);
  await context.resume();
  const heard = [];
  const samples = new Float32Array(windowSamples);
  const timer = setInterval(() => {
    if (video.paused) return;
    analyser.getFloatTimeDomainData(samples);
    const levels = Object.entries(toneHertz).map(([name, hertz]) => [
      name,
      levelOf(samples, hertz / context.sampleRate),
    ]);
    heard.push({ atSeconds: video.currentTime, levels: Object.fromEntries(levels) });
  }, intervalMilliseconds);
  return {
    end() {
      clearInterval(timer);
      return heard;
    },
  };
}

/** The amplitude of one frequency (in cycles per sample), 0 to 1. */
function levelOf(samples, frequency) {
  let real = 0;
  let imaginary = 0;
  for (let index = 0; index < samples.length; index++) {
    real += samples[index] * Math.cos(2 * Math.PI * frequency * index);
    imaginary += samples[index] * Math.sin(2 * Math.PI * frequency * index);
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}
