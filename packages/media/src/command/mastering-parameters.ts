import type { Mastering } from '../facts/source-facts.ts';

/**
 * x265 takes chromaticity in units of 0.00002 and luminance in units of 0.0001 cd/m². Source: x265 documentation,
 * --master-display.
 */
export function masteringForX265({ display, contentLight }: Mastering): string[] {
  const format = masterDisplay(
    display,
    (value) => `${Math.round(value * 50_000)}`,
    (nits) => `${Math.round(nits * 10_000)}`,
  );
  return [
    'hdr10=1',
    ...format.map((text) => `master-display=${text}`),
    ...lightOf(contentLight).map((text) => `max-cll=${text}`),
  ];
}

/** SVT-AV1 takes both without scaling. Source: SVT-AV1 user guide, mastering-display, content-light. */
export function masteringForSvtAv1({ display, contentLight }: Mastering): string[] {
  const format = masterDisplay(
    display,
    (value) => value.toFixed(5),
    (nits) => nits.toFixed(4),
  );
  return [
    ...format.map((text) => `mastering-display=${text}`),
    ...lightOf(contentLight).map((text) => `content-light=${text}`),
  ];
}

function masterDisplay(
  display: Mastering['display'],
  formatPoint: (value: number) => string,
  formatLight: (nits: number) => string,
): string[] {
  if (!display) return [];
  const { red, green, blue, white, minimumNits, maximumNits } = display;
  const point = (name: string, { x, y }: { x: number; y: number }) =>
    `${name}(${formatPoint(x)},${formatPoint(y)})`;
  const points = point('G', green) + point('B', blue) + point('R', red) + point('WP', white);
  return [`${points}L(${formatLight(maximumNits)},${formatLight(minimumNits)})`];
}

function lightOf(light: Mastering['contentLight']): string[] {
  return light ? [`${Math.round(light.maximumNits)},${Math.round(light.averageNits)}`] : [];
}
