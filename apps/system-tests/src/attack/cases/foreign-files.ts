import type { AttackCase } from '../attack-case.ts';
import { latin1, uint32s } from '../build/bytes.ts';
import { box, fileType, movie } from '../build/iso.ts';
import { jpegFrame } from '../build/make-media.ts';
import { element, matroska, text, videoBlocks, videoTrack } from '../build/matroska.ts';

/** Files that make a player open another file or address, by their format. */
function scripts(path: string, url: string): [string, string, string, string][] {
  return [
    [
      'HLS playlist',
      '.m3u8',
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${path}\n#EXT-X-ENDLIST\n`,
      'playlist-not-media',
    ],
    ['HLS playlist of an address', '.m3u8', `#EXTM3U\n#EXTINF:1,\n${url}/a.ts\n`, 'playlist-not-media'],
    [
      'HLS playlist with a foreign key',
      '.m3u8',
      `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${url}/key"\n#EXTINF:1,\nsource\n`,
      'playlist-not-media',
    ],
    [
      'HLS playlist of data:',
      '.m3u8',
      `#EXTM3U\n#EXTINF:1,\ndata:video/mp4;base64,AAAA\n`,
      'playlist-not-media',
    ],
    [
      'HLS playlist of concat:',
      '.m3u8',
      `#EXTM3U\n#EXTINF:1,\nconcat:${path}|${path}\n`,
      'playlist-not-media',
    ],
    [
      'HLS playlist of subfile,,',
      '.m3u8',
      `#EXTM3U\n#EXTINF:1,\nsubfile,,start,0,end,100,,:${path}\n`,
      'playlist-not-media',
    ],
    ['ffconcat script', '.ffconcat', `ffconcat version 1.0\nfile '${path}'\n`, 'playlist-not-media'],
    ['ffconcat script without a version', '.txt', `file '${path}'\nfile '${path}'\n`, 'not-media'],
    [
      'DASH manifest',
      '.mpd',
      `<?xml version="1.0"?>\n<MPD><Period><AdaptationSet><Representation><BaseURL>${url}/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
      'playlist-not-media',
    ],
    [
      'Smooth Streaming manifest',
      '.ism',
      `<?xml version="1.0"?><SmoothStreamingMedia><StreamIndex Url="${url}"/></SmoothStreamingMedia>`,
      'playlist-not-media',
    ],
    ['SMIL', '.smil', `<smil><body><video src="${url}/a.mp4"/></body></smil>`, 'playlist-not-media'],
    [
      'SVG with an image',
      '.svg',
      `<svg xmlns="http://www.w3.org/2000/svg"><image href="file://${path}"/></svg>`,
      'image-not-video',
    ],
    [
      'XML with an external entity',
      '.xml.mp4',
      `<!DOCTYPE a [<!ENTITY b SYSTEM "file://${path}">]><a>&b;</a>`,
      'not-media',
    ],
    [
      'XSPF playlist',
      '.xspf',
      `<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"><trackList><track><location>file://${path}</location></track></trackList></playlist>`,
      'not-media',
    ],
    [
      'ASX playlist',
      '.asx',
      `<asx version="3.0"><entry><ref href="${url}/a.wmv"/></entry></asx>`,
      'playlist-not-media',
    ],
    ['PLS playlist', '.pls', `[playlist]\nFile1=${path}\nNumberOfEntries=1\n`, 'playlist-not-media'],
    ['Windows Media reference', '.wvx', `[Reference]\nRef1=${url}/a.wmv\n`, 'playlist-not-media'],
    ['RTSP text', '.mov', `rtsptext\r\n${url.replace('http', 'rtsp')}/a\r\n`, 'playlist-not-media'],
    [
      'SDP',
      '.sdp',
      `v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video ${new URL(url).port} RTP/AVP 96\r\n`,
      'playlist-not-media',
    ],
    ['CUE sheet', '.cue', `FILE "${path}" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n`, 'not-media'],
    ['AviSynth script', '.avs', `DirectShowSource("${path}")\n`, 'not-media'],
    [
      'VapourSynth script',
      '.vpy',
      `import vapoursynth as vs\nvs.core.ffms2.Source('${path}').set_output()\n`,
      'not-media',
    ],
    ['ffmetadata', '.ffmetadata', `;FFMETADATA1\ntitle=${path}\n`, 'not-media'],
    ['shell script', '.mkv', `#!/bin/sh\ncurl ${url}\n`, 'not-media'],
  ];
}

/** Bytes before a playlist that make it look like something else. */
const prefixes: [string, Uint8Array, string[]][] = [
  ['a byte order mark', latin1('\xef\xbb\xbf'), ['playlist-not-media']],
  ['spaces and newlines', latin1(' \r\n\t \n'), ['playlist-not-media']],
  [
    'an ID3 tag',
    Buffer.concat([latin1('ID3\x03\0\0\0\0\0\x10'), new Uint8Array(16)]),
    ['not-media', 'unreadable-media'],
  ],
  ['the start of an MP4', fileType, ['unreadable-media']],
  [
    'the start of a Matroska file',
    element('1a45dfa3', text('4282', 'matroska')),
    ['unreadable-media', 'no-media-stream'],
  ],
  ['zeros', new Uint8Array(8), ['not-media']],
  [
    'a transport stream packet',
    Buffer.concat([latin1('\x47\x1f\xff\x10'), new Uint8Array(184)]),
    ['not-media', 'unreadable-media'],
  ],
  ['the start of a WAV', latin1('RIFF\xff\0\0\0WAVE'), ['unreadable-media', 'no-media-stream']],
];

/** Playlists, scripts, manifests and references that lead to other files or to the network. */
export function foreignFileAttacks(secretPath: string, decoyUrl: string): AttackCase[] {
  const made = scripts(secretPath, decoyUrl);
  const renamed = made.flatMap(([name, extension, content, code]) =>
    [...new Set([extension, '.mp4', '.mov', '.mkv'])].map((other) => ({
      name: `foreign file: ${name}, as ${other}`,
      extension: other,
      make: () => latin1(content),
      outcomes: [code],
    })),
  );
  const playlist = latin1(made[0]?.[2] ?? '');
  const prefixed = prefixes.map(([name, prefix, outcomes]) => ({
    name: `foreign file: playlist after ${name}`,
    extension: '.mp4',
    make: () => Buffer.concat([prefix, playlist]),
    outcomes,
  }));
  const encodings: AttackCase[] = (['utf16le', 'latin1'] as const).map((encoding) => ({
    name: `foreign file: playlist in ${encoding} with a mark`,
    extension: '.mp4',
    make: () =>
      Buffer.concat([
        latin1(encoding === 'utf16le' ? '\xff\xfe' : ''),
        Buffer.from(`#EXTM3U\n#EXTINF:1,\n${secretPath}\n`, encoding),
      ]),
    outcomes: ['playlist-not-media', 'not-media'],
  }));
  return [...renamed, ...prefixed, ...encodings, ...references(secretPath, decoyUrl)];
}

/** A QuickTime alias that names a file. Source: ffmpeg, mov_read_dref. */
function alias(path: string): Uint8Array {
  const record = Buffer.alloc(150);
  record.writeUInt16BE(2, 4);
  record.write(path.slice(0, 27), 11, 'latin1');
  const absolute = Buffer.from(path);
  const entry = Buffer.alloc(4);
  // Type 18: a path.
  entry.writeUInt16BE(18, 0);
  entry.writeUInt16BE(absolute.length, 2);
  return box('alis', uint32s(0), record, entry, absolute, Buffer.from([0xff, 0xff, 0, 0]));
}

function references(path: string, url: string): AttackCase[] {
  const withReference = (name: string, entry: Uint8Array): AttackCase => ({
    name: `foreign file: ${name}`,
    extension: '.mov',
    make: async (makeMedia) => movie([{ sample: await jpegFrame(makeMedia), references: [entry] }]),
    // The reference is ignored: the samples are in the file.
    outcomes: ['published'],
  });
  const referenceMovie = (name: string, kind: string, target: string): AttackCase => ({
    name: `foreign file: ${name}`,
    extension: '.mov',
    make: () =>
      Buffer.concat([
        fileType,
        box(
          'moov',
          box(
            'rmra',
            box(
              'rmda',
              box('rdrf', uint32s(0), latin1(kind), uint32s(target.length + 1), latin1(`${target}\0`)),
            ),
          ),
        ),
      ]),
    outcomes: ['unreadable-media', 'no-media-stream'],
  });
  return [
    withReference('QuickTime data reference to a URL', box('url ', uint32s(0), latin1(`${url}/a.mov\0`))),
    withReference('QuickTime data reference to a file', box('url ', uint32s(0), latin1(`file://${path}\0`))),
    withReference('QuickTime alias', alias(path)),
    withReference('QuickTime alias that climbs', alias(`../../../../${path}`)),
    referenceMovie('QuickTime reference movie of a URL', 'url ', `${url}/a.mov`),
    referenceMovie('QuickTime reference movie of a file', 'alis', path),
    {
      name: 'foreign file: Matroska with a linked segment',
      extension: '.mkv',
      make: async (makeMedia) =>
        matroska({
          tracks: [videoTrack(1)],
          more: [element('1549a966', text('3c83ab', 'secret.mp4'), text('3eb923', '0123456789abcdef'))],
          blocks: videoBlocks(await jpegFrame(makeMedia), 4, 100),
        }),
      outcomes: ['published'],
    },
  ];
}
