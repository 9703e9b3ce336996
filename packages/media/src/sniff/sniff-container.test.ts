import { describe, expect, it } from 'vitest';
import { sniffContainer } from './sniff-container.ts';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const padded = (text: string, length = 64) => latin1(text.padEnd(length, '\x01'));
const packets = (packetBytes: number, lead = 0) => {
  const bytes = new Uint8Array(packetBytes * 6).fill(0x80);
  for (let packet = 0; packet < 6; packet += 1) bytes[lead + packet * packetBytes] = 0x47;
  return bytes;
};

describe('sniffContainer', () => {
  it.each([
    ['MP4', padded('\0\0\0\x20ftypisom'), 'mov'],
    ['MOV', padded('\0\0\0\x14ftypqt  '), 'mov'],
    ['MOV without ftyp', padded('\0\0\0\x08wide\0\0\0\0mdat'), 'mov'],
    ['a media segment', padded('\0\0\0\x18stypmsdh'), 'mov'],
    ['Matroska and WebM', padded('\x1a\x45\xdf\xa3'), 'matroska'],
    ['AVI', padded('RIFF\0\0\0\0AVI LIST'), 'avi'],
    ['WAV', padded('RIFF\0\0\0\0WAVEfmt '), 'wav'],
    ['WAV above 4 GB', padded('RF64\xff\xff\xff\xffWAVEds64'), 'wav'],
    ['FLV', padded('FLV\x01\x05'), 'flv'],
    ['ASF', padded('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), 'asf'],
    ['Ogg', padded('OggS\0\x02'), 'ogg'],
    ['MPEG program stream', padded('\0\0\x01\xba\x44'), 'mpeg'],
    ['transport stream', packets(188), 'mpegts'],
    ['transport stream of a Blu-ray disc', packets(192, 4), 'mpegts'],
    ['transport stream with error correction', packets(204), 'mpegts'],
    ['transport stream cut in a packet', packets(188, 100), 'mpegts'],
    ['MXF', padded('\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d'), 'mxf'],
    ['raw H.264', padded('\0\0\0\x01\x67\x64\0\x28'), 'h264'],
    ['raw HEVC', padded('\0\0\0\x01\x40\x01\x0c'), 'hevc'],
    ['raw MPEG-4 video', padded('\0\0\x01\xb0\x01'), 'm4v'],
    ['raw AV1', padded('\x12\0\x0a\x0b'), 'obu'],
    ['VOC', padded('Creative Voice File\x1a\x1a\0'), 'voc'],
    ['MP3', padded('\xff\xfb\x90\x64'), 'mp3'],
    ['MP3 after a tag', padded('ID3\x04\0\0\0\0\0\x04abcd\xff\xfb\x90\x64'), 'mp3'],
    ['MP3 with a tag that is longer than the bytes read', padded('ID3\x04\0\0\0\x7f\x7f\x7f'), 'mp3'],
    ['FLAC after a tag', padded('ID3\x04\0\0\0\0\0\x04abcdfLaC'), 'flac'],
    ['AAC', padded('\xff\xf1\x50\x80'), 'aac'],
    ['AC-3', padded('\x0b\x77\x12\x34\x1e\x40'), 'ac3'],
    ['E-AC-3', padded('\x0b\x77\x02\xff\x3f\x86'), 'eac3'],
    ['AMR', padded('#!AMR-WB\n'), 'amr'],
    ['FLAC', padded('fLaC\0\0\0\x22'), 'flac'],
    ['CAF', padded('caff\0\x01\0\0'), 'caf'],
    ['AIFF', padded('FORM\0\0\0\0AIFFCOMM'), 'aiff'],
  ])('%s is recognised', (_, bytes, demuxer) => {
    expect(sniffContainer(bytes)).toMatchObject({ kind: 'media', demuxer });
  });

  it.each([
    ['nothing', '', 'empty-file'],
    ['an HLS playlist renamed .mp4', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', 'playlist-not-media'],
    ['a playlist after a byte order mark', '\xef\xbb\xbf#EXTM3U\n', 'playlist-not-media'],
    ['an ffconcat script', 'ffconcat version 1.0\nfile other.mp4\n', 'playlist-not-media'],
    ['a DASH manifest', '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash">', 'playlist-not-media'],
    ['an SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">', 'image-not-video'],
    ['HTML', '<!DOCTYPE html><html><body>', 'not-media'],
    ['plain text', 'a text renamed .mp4\n', 'not-media'],
    ['text in UTF-8', 'na\xc3\xafve caf\xc3\xa9\n', 'not-media'],
    ['a PDF', '%PDF-1.7\n%\xe2\xe3\xcf\xd3', 'not-media'],
    ['a ZIP archive', 'PK\x03\x04\x14\0', 'not-media'],
    ['a PNG', '\x89PNG\r\n\x1a\n\0\0', 'image-not-video'],
    ['a JPEG, with or without an appended video', '\xff\xd8\xff\xe1', 'image-not-video'],
    ['a GIF', 'GIF89a\x01\0', 'image-not-video'],
    ['a WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'image-not-video'],
    ['a HEIC photo', '\0\0\0\x18ftypheic\0\0\0\0', 'image-not-video'],
    ['a recorded RTSP session', 'RTSP/1.0 200 OK\r\n', 'not-media'],
    ['AC-4', '\xac\x41\0\0', 'unsupported-codec'],
  ])('%s is refused', (_, text, code) => {
    expect(sniffContainer(latin1(text))).toMatchObject({ kind: 'refused', code });
  });

  /** A GIF of one colour with the given number of images, each with a control block. */
  const gif = (pictures: number) =>
    `GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff${'!\xf9\x04\0\x05\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0'.repeat(pictures)};`;
  const png = (...chunks: [name: string, body: string][]) =>
    `\x89PNG\r\n\x1a\n${chunks.map(([name, body]) => `\0\0\0${String.fromCharCode(body.length)}${name}${body}CRC.`).join('')}`;
  const jpeg = (scan = 'scan\xff\0\xff\xd0data') => `\xff\xd8\xff\xdb\0\x04qt\xff\xda\0\x04ss${scan}\xff\xd9`;
  const long = 'x'.repeat(70_000);

  it.each([
    ['an animated GIF', gif(2), 'gif'],
    ['a GIF whose first image ends after the bytes read', gif(1).slice(0, -3) + '\xff'.repeat(70_000), 'gif'],
    ['an animated PNG', png(['IHDR', 'size'], ['acTL', '\0\0\0\x14\0\0\0\0'], ['IDAT', 'x']), 'apng'],
    ['consecutive JPEGs', jpeg() + jpeg(), 'mjpeg'],
    ['a JPEG that ends after the bytes read', jpeg(long), 'mjpeg'],
  ])('%s is accepted as video, or left to the worker', (_, text, demuxer) => {
    expect(sniffContainer(latin1(text).subarray(0, 65_536))).toMatchObject({ kind: 'media', demuxer });
  });

  it.each([
    ['a GIF with one image', gif(1), 'image-not-video', 'a GIF image'],
    ['a PNG', png(['IHDR', 'size'], ['IDAT', 'x']), 'image-not-video', 'a PNG image'],
    ['an APNG with one image', png(['acTL', '\0\0\0\x01\0\0\0\0']), 'image-not-video', 'a PNG image'],
    ['a JPEG', jpeg(), 'image-not-video', 'a JPEG image'],
    ['a JPEG with an appended video', `${jpeg()}\0\0\0\x18ftypmp42`, 'image-not-video', 'a JPEG image'],
    [
      "a camera's photo of any size",
      `\xff\xd8\xff\xe1\x10\0Exif\0\0${long}`,
      'image-not-video',
      'a JPEG image',
    ],
    ['a WebP', 'RIFF\0\0\0\0WEBPVP8X\n\0\0\0\x10\0\0\0', 'image-not-video', 'a WebP image'],
    [
      'an animated WebP',
      'RIFF\0\0\0\0WEBPVP8X\n\0\0\0\x12\0\0\0',
      'unsupported-codec',
      'an animated WebP image',
    ],
  ])('%s is refused by its format', (_, text, code, content) => {
    expect(sniffContainer(latin1(text).subarray(0, 65_536))).toEqual({ kind: 'refused', code, content });
  });

  it.each([
    ['leading zeros', new Uint8Array(4096)],
    ['noise', Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 251)],
    ['a truncated first box', latin1('\0\0\0')],
  ])('%s are left to the worker', (_, bytes) => {
    expect(sniffContainer(bytes)).toEqual({ kind: 'unknown' });
  });
});

it('attack: a file that begins with thousands of ID3 tags does not exhaust the stack', () => {
  const tag = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0', 'latin1'), Buffer.from([0])]);
  expect(sniffContainer(Buffer.alloc(65_536, tag))).toMatchObject({ kind: 'media', demuxer: 'mp3' });
});
