import { beforeEach } from 'vitest';

/**
 * Cases that differ from another case only in codec, container or value. `npm test` skips them to stay short;
 * `pnpm test:matrix` runs every case. Each pattern matches the name of a test.
 */
const variants = [
  // Geometry
  /^(landscape with two rungs|between two rungs: a rung at the size of the source)$/,
  /^F32 (upside down|rotated by 270|flipped|legacy rotate tag of 180|portrait MOV)/,
  /orientation-sei\.ts$/,
  /MOV with a clean aperture$/,
  /^F34 pixels taller than wide$/,
  /^F33 odd size above a rung$/,
  /^F35 (tiny|very wide)$/,
  /^F50 (4K at 60 frames per second|8K)$/,
  /: grows\.mkv$/,
  /^F32 mirrored and rotated$/,
  /^F34 pixels of 40:33$/,
  /^F34 cropped by the container: Matroska with PixelCrop$/,
  /^F35 (a square|an odd 2577x1080)$/,
  /: shrinks\.ts$/,
  // Timing and rate
  /^F45 transport stream that starts at 1\.4 s$/,
  /^F39 constant (24|25|30000\/1001|50|60|60000\/1001|15)$/,
  /^F39 slow motion, constant 240$/,
  /^less than half a frame \((mkv|ts)\)/,
  /^a picture of .* beside audio \((mkv|ts)\)/,
  /: late-audio\.mpg$/,
  /: (MPEG-4 with one B-frame in AVI|H\.264 with B-frames in AVI|MPEG-2 in a program stream)$/,
  /: (idle|film)\.mp4$/,
  /^F39 slides: about one frame per second$/,
  /^F50 half a second$/,
  /^a picture of 0\.005 s beside audio/,
  /^F45 (audio that starts two seconds late|Matroska that starts at 5 s is complete)$/,
  /^F45 late video keeps its offset: the first frame is repeated$/,
  /: H\.264 in a program stream$/,
  /: paff\.mkv$/,
  // Colour
  /^standard definition without tags is BT\.601$/,
  /^F36 HDR10$/,
  /^standard definition in BT\.470 B\/G/,
  /^F49 (RGB in planes|greyscale|12 bits)/,
  /^F36 HDR10 in full range$/,
  /^wide gamut in standard range \(BT\.2020\)$/,
  /^standard definition in BT\.601, tagged$/,
  /^F49 (full range|4:4:4|10 bits in standard range \(HEVC\))$/,
  // Scan type and containers
  /^(F47 MP4 with its index in front|MKV with FLAC|AVI with MPEG-4 and PCM|MPEG programme stream)$/,
  /^F38 interlaced, bottom field first, flagged progressive$/,
  /^F38 interlaced, bottom field first$/,
  /^(MOV with uncompressed audio|MOV with fragments only at the end|WebM with VP8 and Vorbis|ASF with WMV and WMA)$/,
  /^(Ogg with Theora and Vorbis|consecutive JPEGs is video)$/,
  /^(FLV|an animated PNG is video)$/,
  /^3GP with H\.263, /,
  // Streams
  /^F40 no audio$/,
  /^F41 audio without video$/,
  /^F42 audio with a cover image$/,
  // Audio
  /^F45 (two languages|audio in the left channel only)$/,
  /^(MP3 in mono, then in stereo|stereo, then mono \(\w+\)): at the same level$/,
  /^two programs, the larger video second \(\w+\)/,
  /^5\.1: centre in both channels, no LFE$/,
  /^two programs, the larger video second \((mp2|ac3)\)/,
  /^audio description first \(described\.(mkv|mp4)\)/,
  /^right and left as two labelled mono tracks/,
  /^two mono tracks of equal length \(pair\.(mov|mkv)\)/,
  /^(mono, then stereo|stereo, then mono) \((mp2|ac3)\)/,
  /^a stream that moves to another PID \((mp2|ac3)\)/,
  /^ambisonics \(Opus in mp4\)/,
  /^16 channels without a layout/,
  /\((ac3-24\.mov|ac3\.mkv|dts\.mov)\): no noise$/,
  /\(ac3\.avi\): no noise$/,
  /^F45 eight mono tracks$/,
  /^the second track is the default of its container: /,
  /^two mono tracks of equal length \(pair\.mp4\)/,
  /^stereo, then mono \(aac\)/,
  /^(mp3 between both|aac before 50 kB of other bytes): /,
  /^mp3 (after 20 kB of text|before 150 kB of other bytes)/,
  // Verification
  /^(film grain|video of 32 x 24|slides, the last one for long, in Matroska)$/,
  /^F48 .* in (zero|hole)\.(mkv|ts) /,
  /^fails if the video is (mirrored|upside down)$/,
  /: late\.vob$/,
  // Units
  /^units of (?!.*: (variable\.mkv|open\.ts|edit-list\.mp4|interlaced\.mkv|late-video\.mkv|tiny\.mp4)$)/,
];

beforeEach(({ task, skip }) => {
  if (process.env.FYRESTREAM_TEST_MATRIX === 'all') return;
  if (variants.some((variant) => variant.test(task.name))) skip('a variant; `pnpm test:matrix` runs it');
});
