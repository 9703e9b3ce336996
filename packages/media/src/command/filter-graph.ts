/** A chain of a filter graph: frames enter by the input labels, pass the filters in order, and leave by the output labels. */
export interface FilterChain {
  /** Labels without brackets: `0:1` for a stream of an input, or the output label of another chain. */
  readonly inputs: readonly string[];
  /** Each one filter with its options, or several joined by commas. */
  readonly filters: readonly string[];
  /** Labels without brackets: read by another chain, or mapped to an output of the command. */
  readonly outputs: readonly string[];
}

export type FilterGraph = readonly FilterChain[];

/** The text that `-filter_complex` takes. Source: https://ffmpeg.org/ffmpeg-filters.html#Filtergraph-syntax-1 */
export function serializeFilterGraph(graph: FilterGraph): string {
  return graph
    .map(({ inputs, filters, outputs }) => `${brackets(inputs)}${filters.join(',')}${brackets(outputs)}`)
    .join(';');
}

function brackets(labels: readonly string[]): string {
  return labels.map((label) => `[${label}]`).join('');
}
