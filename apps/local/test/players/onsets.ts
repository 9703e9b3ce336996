/** The times at which something that is on or off was switched on, from samples of it in the order of time. */
export function onsetsOf(samples: (readonly [atSeconds: number, isOn: boolean])[]): number[] {
  return samples
    .filter(([, isOn], index) => isOn && !(samples[index - 1]?.[1] ?? false))
    .map(([atSeconds]) => atSeconds);
}

export function median(values: number[]): number {
  return quantile(values, 1 / 2);
}

export function lowerQuartile(values: number[]): number {
  return quantile(values, 1 / 4);
}

function quantile(values: number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? Number.NaN;
}
