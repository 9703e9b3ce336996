import { pixelFormatFacts } from '../facts/pixel-format.ts';
import type { FrameSize, VideoStream } from '../facts/source-facts.ts';
import type { PlannedFilter } from './encode-plan.ts';
import { scaleAndPadOptions } from './scale-and-pad-options.ts';

/** Wider primaries than BT.709: the colours must be mapped, not only the matrix. */
const widePrimaries = new Set(['bt2020', 'smpte431', 'smpte432']);

/** Every frame gets these tags; without them encoders write none, and players guess. */
const standardTags: PlannedFilter = {
  filter:
    'setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,setsar=1',
  why: 'tagged as progressive BT.709 in limited range with square pixels',
};

/** ffmpeg 7 passes side data of frames to encoders, which write it. */
const withoutMastering: PlannedFilter = {
  filter:
    'sidedata=mode=delete:type=MASTERING_DISPLAY_METADATA,sidedata=mode=delete:type=CONTENT_LIGHT_LEVEL',
  why: 'tone-mapped video must not have metadata of HDR mastering',
};

/**
 * Converts any source to 8-bit 4:2:0 BT.709 in limited range at the size of the largest rendition, so that costly steps
 * run once and on few pixels.
 */
export function planSdrColour(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  if (stream.dynamicRange !== 'sdr') return [...toneMap(stream, size), withoutMastering, standardTags];
  if (widePrimaries.has(stream.colour.primaries ?? '')) return [...mapGamut(stream, size), standardTags];
  return [...convertMatrix(stream, size), standardTags];
}

/** For ladders that keep HDR: 10 bits, the source's transfer function, tagged again. */
export function planHdrColour(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const transfer = stream.dynamicRange === 'pq' ? 'smpte2084' : 'arib-std-b67';
  const range = stream.colour.range === 'full' ? 'pc' : 'tv';
  const { scale, pad } = scaleAndPadOptions(size, stream.displaySize);
  return [
    {
      filter: `scale=${scale}:flags=bicubic:in_range=${range}:out_range=tv,format=yuv420p10le,${pad}`,
      why: 'the preset keeps HDR: 10 bits at the size of the largest rendition',
    },
    {
      filter: `setparams=field_mode=prog:range=tv:color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc,setsar=1`,
      why: `tagged as BT.2020 with ${transfer}`,
    },
  ];
}

function convertMatrix(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const { isRgb, hasAlpha } = pixelFormatFacts(stream.pixelFormat ?? undefined);
  const fit = scaleAndPadOptions(size, stream.displaySize);
  const scale = `scale=${fit.scale}:flags=bicubic`;
  const output = `out_color_matrix=bt709:out_range=tv,format=yuv420p,${fit.pad}`;
  const alpha = hasAlpha ? '; transparency is dropped' : '';
  if (isRgb) {
    return [{ filter: `${scale}:${output}`, why: `RGB (${stream.pixelFormat}) to BT.709 4:2:0${alpha}` }];
  }
  const { matrix, isAssumed } = matrixOf(stream);
  const range = stream.colour.range === 'full' ? 'pc' : 'tv';
  const knownRange =
    stream.colour.range === 'unknown' ? 'limited (assumed, the file has no tag)' : stream.colour.range;
  const knownMatrix = isAssumed ? `${matrix} (assumed by the frame size, the file has no tag)` : matrix;
  return [
    {
      filter: `${scale}:in_color_matrix=${matrix}:in_range=${range}:${output}`,
      why: `matrix ${knownMatrix}, range ${knownRange}, ${stream.pixelFormat ?? 'unknown format'} to BT.709 4:2:0${alpha}`,
    },
  ];
}

/** swscale's names. Untagged video is BT.601 in standard definition and BT.709 above, as devices write it. */
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
  const { scale, pad } = scaleAndPadOptions(size, stream.displaySize);
  const primaries = stream.colour.primaries ?? 'bt2020';
  const { isRgb } = pixelFormatFacts(stream.pixelFormat ?? undefined);
  const matrix = isRgb ? 'gbr' : zscaleMatrix(stream);
  const range = stream.colour.range === 'full' ? 'full' : 'limited';
  return [
    {
      filter: `scale=${scale}:flags=bicubic,${pad}`,
      why: 'scaled to the size of the largest rendition first',
    },
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
 * zimg linearises, maps the gamut and returns BT.709; Hable's curve preserves highlights. 100 cd/m² is the reference
 * white of BT.1886 displays.
 */
function toneMap(stream: VideoStream, size: FrameSize): PlannedFilter[] {
  const { scale, pad } = scaleAndPadOptions(size, stream.displaySize);
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
      why: 'scaled to the size of the largest rendition before the costly steps',
    },
    {
      filter:
        `zscale=${source}:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,` +
        'tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=limited,format=yuv420p',
      why: `${isPq ? 'PQ (HDR10)' : 'HLG'}${vision} is tone-mapped to BT.709, because SDR players show HDR video washed out`,
    },
  ];
}
