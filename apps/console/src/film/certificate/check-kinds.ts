/** What a check says, in plain words. */
interface CheckKind {
  readonly title: string;
  /** Of a number; none for a count, and for a measurement without unit. */
  readonly unit?: 'seconds' | 'share' | 'of255';
}

export interface CheckGroup {
  readonly title: string;
  readonly about: string;
  readonly kinds: Readonly<Record<string, CheckKind>>;
}

/** The checks of docs/decisions/0014-verification-and-its-limits.md, in the order in which they are shown. */
export const checkGroups: readonly CheckGroup[] = [
  {
    title: 'Picture',
    about:
      'Every finished rendition was decoded again from its first to its last frame, and frames from all of it were compared with the frames that went into the encoder.',
    kinds: {
      'decode-errors': { title: 'Errors of the decoder' },
      'decoded-frames': { title: 'Frames that can be decoded' },
      'picture-structure': { title: 'Likeness to the source, 1 is equal (SSIM)' },
      'picture-brightness': { title: 'Difference in brightness', unit: 'of255' },
      'picture-colour': { title: 'Difference in colour', unit: 'of255' },
      'wrong-pictures-share': {
        title: 'Frames that are wrong, mirrored or of another moment',
        unit: 'share',
      },
      'picture-size': { title: 'Size of the picture in the segments' },
      'mp4-picture-size': { title: 'Size of the picture in the MP4' },
      'mp4-pixel-aspect': { title: 'Shape of the pixels' },
      'mp4-rotations': { title: 'Rotations left to the player' },
      'mp4-colour': { title: 'Pixel format and colour space' },
    },
  },
  {
    title: 'Sound',
    about: 'Every track was decoded again and compared with the samples that went into the encoder.',
    kinds: {
      'loudness-differs-lu': { title: 'Loudness differs from its target by, in LU (EBU R128)' },
      'true-peak-dbtp': { title: 'True peak, in dBTP' },
      'sound-lag-seconds': { title: 'Largest shift against the source', unit: 'seconds' },
      'sound-length-differs-seconds': { title: 'Difference in length', unit: 'seconds' },
      'audio-offset-differs-seconds': {
        title: 'Difference in the offset of sound and picture',
        unit: 'seconds',
      },
    },
  },
  {
    title: 'Frames and times',
    about: 'No frame is lost or repeated that the plan does not name, and all tracks start and end together.',
    kinds: {
      'frames-decoded': { title: 'Frames that were decoded from the source' },
      'frames-dropped': { title: 'Frames of the source that are left out' },
      'frames-repeated': { title: 'Frames of the source that are shown twice' },
      'frame-count': { title: 'Frames in the segments' },
      'mp4-frames': { title: 'Frames in the MP4' },
      'mp4-frame-rate': { title: 'Frames per second' },
      'start-differs-seconds': { title: 'Sound and picture start apart by', unit: 'seconds' },
      'end-differs-seconds': { title: 'End differs from the source by', unit: 'seconds' },
      'mp4-start-seconds': { title: 'Start of the MP4', unit: 'seconds' },
      'mp4-duration-differs-seconds': { title: 'MP4 and segments differ in length by', unit: 'seconds' },
    },
  },
  {
    title: 'Change of quality',
    about:
      'Players change between renditions without a jump, because all of them are cut at the same frames.',
    kinds: {
      'planned-tracks-missing': { title: 'Planned tracks that are missing' },
      'cuts-not-aligned': { title: 'Cuts that other renditions do not have' },
      'irregular-key-frames': { title: 'Key frames in the wrong place' },
    },
  },
  {
    title: 'Files',
    about: 'What was made is what is stored, and playlists name only what is there.',
    kinds: {
      'stored-files': { title: 'Files stored with the right size' },
      'kept-segments-differ': { title: 'Kept segments that are not what the version before certified' },
      'kept-mp4-differs': { title: 'Kept MP4s that are not what the version before certified' },
      'playlist-parses': { title: 'Playlists and manifests that can be read' },
      'encrypted-segments-differ': { title: 'Encrypted segments that are not what was verified' },
      'playlist-references': { title: 'Files that playlists name and that are there' },
      'mp4-stream': { title: 'Kind of stream in the MP4' },
      'mp4-packets': { title: 'Packets of the MP4' },
      'mp4-decoder-configuration': { title: 'Configuration of the decoder in the MP4' },
    },
  },
];

/** For checks of other releases, which have no words here. */
export const otherChecks = { title: 'Other checks', about: 'By their names in the certificate.' };
