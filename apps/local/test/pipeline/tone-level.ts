/** The amplitude of a tone in samples, from 0 to 1: that of its bin of the Fourier transform. */
export function toneLevel(samples: Float32Array, hertz: number, sampleRateHertz: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [index, sample] of samples.entries()) {
    const phase = (2 * Math.PI * hertz * index) / sampleRateHertz;
    real += sample * Math.cos(phase);
    imaginary += sample * Math.sin(phase);
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}
