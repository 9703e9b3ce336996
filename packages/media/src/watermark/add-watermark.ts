import type { Watermark } from '@fyrestream/events';
import type { Rational } from '../cmaf/rational.ts';
import type { FrameSize } from '../facts/source-facts.ts';
import type { EncodePlan, PlannedBranch, PlannedFilter, PlannedRendition } from '../plan/encode-plan.ts';
import { placeWatermark, type WatermarkPlace } from './place-watermark.ts';
import type { WatermarkFile } from './watermark-file.ts';

/** The image of a watermark, as it was found when the upload was planned. */
export interface WatermarkImage {
  readonly file: WatermarkFile;
  readonly size: FrameSize;
}

/**
 * The plan with an image in the picture. It is drawn once for each branch, in the branch's final colours, at the size of the
 * largest rendition; smaller ones are scaled from that one with it. A plan without video stays as it is.
 */
export function addWatermark(plan: EncodePlan, image: WatermarkImage, watermark: Watermark): EncodePlan {
  const { video } = plan;
  if (video === null) return plan;
  const branches = video.branches.map((branch) => ({
    ...branch,
    watermark: planWatermark(branch, image.size, watermark, video.frameRate),
  }));
  return { ...plan, video: { ...video, branches, watermark: image.file } };
}

function planWatermark(
  { renditions }: PlannedBranch,
  image: FrameSize,
  watermark: Watermark,
  frameRate: Rational,
): PlannedBranch['watermark'] {
  const [largest] = renditions.toSorted(
    (left, right) => right.width * right.height - left.width * left.height,
  );
  if (largest === undefined) return null;
  const place = placeWatermark(image, largest, watermark);
  const isHdr = largest.dynamicRange !== 'sdr';
  return {
    filters: [
      onlyFirstFrame(frameRate),
      scaleTo(place),
      ...(watermark.opacity === 1 ? [] : [fade(watermark.opacity)]),
      coloursOf(largest),
    ],
    overlay: {
      filter: `overlay=x=${place.x}:y=${place.y}:format=${isHdr ? 'yuv420p10' : 'yuv420'}:eof_action=repeat`,
      why: `${watermark.image} in the corner ${watermark.corner}, ${place.width} x ${place.height} pixels of ${largest.width} x ${largest.height}`,
    },
  };
}

/** `overlay` shows the last frame that it has: the same one to the end. Its clock is that of the picture, which keeps its own. */
function onlyFirstFrame({ numerator, denominator }: Rational): PlannedFilter {
  return {
    filter: `trim=end_frame=1,settb=${denominator}/${numerator},setpts=0`,
    why: 'the first image of the file, from the first frame of the picture on',
  };
}

/** In 16 bits and premultiplied: the colour of transparent pixels would show at the edges otherwise. */
function scaleTo({ width, height }: WatermarkPlace): PlannedFilter {
  return {
    filter: `format=gbrap16le,premultiply=inplace=1,scale=${width}:${height}:flags=bicubic,unpremultiply=inplace=1,setsar=1`,
    why: 'scaled with its transparency to its size in the largest rendition',
  };
}

function fade(opacity: number): PlannedFilter {
  return { filter: `colorchannelmixer=aa=${opacity}`, why: `opacity ${opacity}` };
}

/**
 * sRGB to the colours of the renditions. White is shown in HDR with 203 cd/m², as graphics are: 58% of PQ, 75% of HLG.
 * @see https://www.itu.int/pub/R-REP-BT.2408
 */
function coloursOf({ dynamicRange }: PlannedRendition): PlannedFilter {
  if (dynamicRange === 'sdr') {
    return {
      filter: 'scale=out_color_matrix=bt709:out_range=tv,format=yuva420p',
      why: 'sRGB to BT.709',
    };
  }
  const transfer = dynamicRange === 'pq' ? 'smpte2084' : 'arib-std-b67';
  return {
    filter:
      `zscale=pin=bt709:tin=iec61966-2-1:min=gbr:rin=full:p=bt2020:t=${transfer}:npl=203:m=bt2020nc:r=limited,` +
      'format=yuva420p10le',
    why: `sRGB to BT.2020 with ${transfer}, white at 203 cd/m²`,
  };
}
