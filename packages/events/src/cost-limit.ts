/** Why a job is held: its estimated cost in US dollars, rounded up to two digits that count and at least to cents, and the limit. */
export function describeCostLimit(estimateUsd: number, limitUsd: number): string {
  return `The estimated cost of ${roundUp(estimateUsd)} USD is above the limit of ${limitUsd} USD`;
}

function roundUp(dollars: number): string {
  const decimals = dollars > 0 ? Math.max(2, 1 - Math.floor(Math.log10(dollars))) : 2;
  const scale = 10 ** decimals;
  // The difference of a binary fraction must not add a cent.
  return (Math.ceil(dollars * scale - 1e-6) / scale).toFixed(decimals);
}
