/** The times at which something that is on or off was switched on, from samples of it in the order of time. */
export function onsetsOf(samples: (readonly [atSeconds: number, isOn: boolean])[]): number[] {
  return samples
    .filter(([, isOn], index) => isOn && !(samples[index - 1]?.[1] ?? false))
    .map(([atSeconds]) => atSeconds);
}

export function median(values: number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
