import { pixelFormatFacts } from '../facts/pixel-format.ts';
import type { FrameSize, VideoStream } from '../facts/source-facts.ts';
import type { PlannedFilter } from './encode-plan.ts';
import { fitSize } from './fit-size.ts';

/** Primaries wider than BT.709's: their colours have to be mapped, not only their matrix. */
const widePrimaries = new Set(['bt2020', 'smpte431', 'smpte432']);

/** Every frame leaves with these tags; without them encoders write none and players guess. */
const standardTags: PlannedFilter = {
  filter:
    'setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,setsar=1',
  why: 'tagged as what it now is: progressive BT.709 of limited range with square pixels',
};

/** ffmpeg 7 hands what frames carry on to encoders, which write it. */
const withoutMastering: PlannedFilter = {
  filter:
    'sidedata=mode=delete:type=MASTERING_DISPLAY_METADATA,sidedata=mode=delete:type=CONTENT_LIGHT_LEVEL',
  why: 'what is tone-mapped must not claim to be mastered for HDR',
};

/**
 * From whatever the source is to 8-bit 4:2:0 BT.709 of limited range at the size of the largest
 * rendition, so that everything expensive happens once and on no more pixels than needed.
 */
export function planStandardColour(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  if (stream.dynamicRange !== 'sdr') return [...toneMap(stream, size), withoutMastering, standardTags];
  if (widePrimaries.has(stream.colour.primaries ?? '')) return [...mapGamut(stream, size), standardTags];
  return [...convertMatrix(stream, size), standardTags];
}

/** HDR as it is, for ladders that keep it: 10 bits, the source's own transfer, tagged again. */
export function planKeptColour(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const transfer = stream.dynamicRange === 'pq' ? 'smpte2084' : 'arib-std-b67';
  const range = stream.colour.range === 'full' ? 'pc' : 'tv';
  const { scale, pad } = fitSize(size, stream.displaySize);
  return [
    {
      filter: `scale=${scale}:flags=bicubic:in_range=${range}:out_range=tv,format=yuv420p10le,${pad}`,
      why: 'the preset keeps HDR: 10 bits at the size of the largest rendition',
    },
    {
      filter: `setparams=field_mode=prog:range=tv:color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc,setsar=1`,
      why: `tagged as what it is: BT.2020 with ${transfer}`,
    },
  ];
}

function convertMatrix(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const { isRgb, hasAlpha } = pixelFormatFacts(stream.pixelFormat ?? undefined);
  const fit = fitSize(size, stream.displaySize);
  const scale = `scale=${fit.scale}:flags=bicubic`;
  const output = `out_color_matrix=bt709:out_range=tv,format=yuv420p,${fit.pad}`;
  const alpha = hasAlpha ? '; transparency is dropped' : '';
  if (isRgb) {
    return [{ filter: `${scale}:${output}`, why: `RGB (${stream.pixelFormat}) to BT.709 4:2:0${alpha}` }];
  }
  const { matrix, isAssumed } = matrixOf(stream);
  const range = stream.colour.range === 'full' ? 'pc' : 'tv';
  const knownRange = stream.colour.range === 'unknown' ? 'limited, as nothing is told' : stream.colour.range;
  const knownMatrix = isAssumed ? `${matrix}, assumed by its size as nothing is told` : matrix;
  return [
    {
      filter: `${scale}:in_color_matrix=${matrix}:in_range=${range}:${output}`,
      why: `matrix ${knownMatrix}, range ${knownRange}, ${stream.pixelFormat ?? 'unknown format'} to BT.709 4:2:0${alpha}`,
    },
  ];
}

/** swscale's names. What is not tagged is BT.601 in standard definition and BT.709 above, as devices write it. */
function matrixOf(stream: VideoStream): { matrix: string; isAssumed: boolean } {
  const names: Record<string, string> = {
    bt709: 'bt709',
    smpte170m: 'smpte170m',
    bt470bg: 'bt470',
    fcc: 'fcc',
    smpte240m: 'smpte240m',
    bt2020nc: 'bt2020',
    bt2020c: 'bt2020',
  };
  const reported = names[stream.colour.matrix ?? ''];
  if (reported) return { matrix: reported, isAssumed: false };
  const { width, height } = stream.codedSize;
  const isHighDefinition = Math.max(width, height) >= 1280 || Math.min(width, height) >= 720;
  return { matrix: isHighDefinition ? 'bt709' : 'smpte170m', isAssumed: true };
}

function mapGamut(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const { scale, pad } = fitSize(size, stream.displaySize);
  const primaries = stream.colour.primaries ?? 'bt2020';
  const { isRgb } = pixelFormatFacts(stream.pixelFormat ?? undefined);
  const matrix = isRgb ? 'gbr' : zscaleMatrix(stream);
  const range = stream.colour.range === 'full' ? 'full' : 'limited';
  return [
    { filter: `scale=${scale}:flags=bicubic,${pad}`, why: 'to the size of the largest rendition first' },
    {
      filter: `zscale=pin=${primaries}:tin=bt709:min=${matrix}:rin=${range}:p=bt709:t=bt709:m=bt709:r=limited,format=yuv420p`,
      why: `the wide gamut of ${primaries} is mapped to BT.709`,
    },
  ];
}

function zscaleMatrix(stream: VideoStream): string {
  const reported = stream.colour.matrix;
  if (reported === 'bt2020nc' || reported === 'bt2020c') return 'bt2020nc';
  if (reported === 'smpte170m' || reported === 'bt470bg') return reported;
  return reported === null && stream.colour.primaries === 'bt2020' ? 'bt2020nc' : 'bt709';
}

/**
 * zimg linearises, maps the gamut, and gives BT.709 back; Hable's curve keeps highlights. 100 nits is
 * the reference white that BT.1886 screens are graded to.
 */
function toneMap(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const { scale, pad } = fitSize(size, stream.displaySize);
  const isPq = stream.dynamicRange === 'pq';
  const transfer = isPq ? 'smpte2084' : 'arib-std-b67';
  const primaries = stream.colour.primaries ?? 'bt2020';
  const range = stream.colour.range === 'full' ? 'full' : 'limited';
  const source = `pin=${primaries}:tin=${transfer}:min=${zscaleMatrix(stream)}:rin=${range}`;
  const vision = stream.dolbyVision
    ? `, the base layer of Dolby Vision profile ${stream.dolbyVision.profile}`
    : '';
  return [
    {
      filter: `scale=${scale}:flags=bicubic,${pad}`,
      why: 'to the size of the largest rendition before the costly part',
    },
    {
      filter:
        `zscale=${source}:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,` +
        'tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=limited,format=yuv420p',
      why: `${isPq ? 'PQ (HDR10)' : 'HLG'}${vision} is tone-mapped to BT.709: 8-bit players show it washed out otherwise`,
    },
  ];
}
