/**
 * Measures loudness and true peak, and prints both to a socket or file every 0.1 s: a summary in the log would have one decimal,
 * and those of several tracks could mix. Padded by the 0.1 s of a step, because ffmpeg measures no step that is not full.
 * Source: https://ffmpeg.org/ffmpeg-filters.html#ebur128-1
 */
export function loudnessFilter(target: string): string {
  // Quoted for the graph, escaped for the options of the filter.
  const file = `'${target.replaceAll(/([\\:])/g, '\\$1')}'`;
  return `apad=pad_len=4800,ebur128=peak=true:metadata=1,ametadata=mode=print:file=${file}`;
}
