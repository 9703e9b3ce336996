const mebibyte = 1024 ** 2;
const hourSeconds = 3_600;

/** What a source may contain at most. Every honest file stays far below; a higher value stands for an attack. */
export const mediaCeilings = {
  /** 8192 x 8192; cameras record 8K (33 million). ffmpeg holds several frames in memory. */
  pixelsPerFrame: 8_192 * 8_192,
  /** Two days at 60 frames per second. */
  frames: 2 * 24 * hourSeconds * 60,
  /** High-speed cameras store at most 960 frames per second. */
  framesPerSecond: 1_000,
  /** A multi-camera recording. */
  videoStreams: 32,
  /** Discs and broadcast files have 16, with one channel each 24. */
  audioStreams: 32,
  /** All streams that are not attachments: discs have about 50, recordings of ten programmes 90. */
  streams: 200,
  /** Fonts of subtitles; they are not decoded. */
  attachments: 1_000,
  /** The largest layouts have 24 channels, ambisonics of seventh order 64. */
  channels: 64,
  /** Audio below is no sound; ffmpeg's resampler needs gigabytes for it. */
  minSampleRateHertz: 1_000,
  /** DSD512 has 2.8 million after ffmpeg's decoding to bytes. */
  sampleRateHertz: 3_072_000,
  durationSeconds: 48 * hourSeconds,
  /** The frame before is repeated for that time: a still image in an audio book. */
  frameGapSeconds: 12 * hourSeconds,
  /** Cuts of an editor. */
  editListEntries: 10_000,
  /** How often the media of a track may be shown on average. */
  editListRepetitions: 8,
  /** For all tracks together: a sample has at least one byte, and tracks may share bytes. */
  samplesPerFileByte: 2,
  /** Of MP4: two days of audio and video with two seconds each, or two hours of video with one frame each. */
  fragments: 200_000,
  /** The index of a film of two days. */
  movieHeaderBytes: 256 * mebibyte,
  /** A header of 200 tracks has 6,000. */
  headerBoxes: 100_000,
  /** Of Matroska, in one parent: a tag or a track has ten. */
  headerElements: 20_000,
  /** No encoder has compressed the header of a long film. */
  compressedMovieHeaderBytes: 32 * mebibyte,
  /** Titles and cover images. */
  metadataBytes: 64 * mebibyte,
  /** mkvmerge writes ten for each track. ffmpeg's time is quadratic in their number: a second for these. */
  tags: 10_000,
  /** Audio books have 2,000. */
  chapters: 5_000,
  /** Of Matroska: the fonts of subtitles in many languages. */
  attachmentBytes: 256 * mebibyte,
  /** In one subtitle track: 12 hours with four cues per second. */
  cues: 172_800,
  /** A page of text; the readers of markup need quadratic time. */
  cueBytes: 64 * 1024,
  /** Beside one film; each is encoded as a track. */
  audioFiles: 16,
  /** Of all audio files beside one film, on the disk of the task one after the other. */
  audioFileBytes: 4 * 1024 * mebibyte,
  /** Beside one video: forty languages, some of them twice. */
  captionFiles: 100,
  /** The captions of a day take 2 MiB. */
  captionFileBytes: 16 * mebibyte,
  /** A logo of the largest size, with noise, takes more only where nobody would want it. */
  watermarkBytes: 4 * mebibyte,
  /** Width and height. */
  watermarkEdgePixels: 4_096,
  /** Of all caption files beside one video. */
  captionBytes: 64 * mebibyte,
} as const;
