import { defaultLadderConfig } from '@fyrestream/events';
import { planEncode, readSourceFacts } from '@fyrestream/media';
import { expect, it } from 'vitest';
import { encodeOnlyCommand, loopCommands, plainCommand } from './ffmpeg-commands.ts';

const facts = readSourceFacts(
  {
    streams: [
      {
        ...{ index: 1, codec_type: 'video', codec_name: 'h264', width: 854, height: 480, pix_fmt: 'yuv420p' },
        ...{ sample_aspect_ratio: '1:1', r_frame_rate: '25/1', avg_frame_rate: '25/1', duration: '4' },
        ...{ bit_rate: '20000000' },
      },
      {
        ...{ index: 2, codec_type: 'audio', codec_name: 'aac', channels: 2, channel_layout: 'stereo' },
        ...{ sample_rate: '48000', duration: '4' },
      },
    ],
    format: { format_name: 'mov,mp4', duration: '4', size: '1' },
  },
  'mov',
);
const plan = planEncode(facts, {}, defaultLadderConfig);

it('makes all renditions and the audio by one decode, each scaled from the source', () => {
  const command = plainCommand(plan, 'film.mp4', '/out').join(' ');
  expect(command).toMatch(
    /^-i film\.mp4 -filter_complex \[0:1\]split=3\[in-h264-480\]\[in-h264-360\]\[in-h264-240\];/,
  );
  expect(command).toContain('[in-h264-240]scale=428:240:flags=bicubic[h264-240]');
  expect(command).toContain('-map [h264-480] -c:v libx264 -preset veryfast -crf 23 -profile:v high');
  expect(command).toContain('-maxrate 1400000 -bufsize 2800000 -g 50 -keyint_min 50');
  expect(command).toMatch(/-map 0:2 -c:a aac -b:a 128000 .* \/out\/plain-audio-1\.mp4$/);
});

it('makes one rendition per command in the loop, and the audio once', () => {
  const commands = loopCommands(plan, 'film.mp4', '/out').map((command) => command.join(' '));
  expect(commands).toHaveLength(4);
  expect(commands[2]).toContain('-i film.mp4 -map 0:1 -vf scale=428:240:flags=bicubic -c:v libx264');
  expect(commands[3]).toMatch(/^-i film\.mp4 -map 0:2 -c:a aac/);
});

it('encodes raw frames with each size scaled from the next larger one', () => {
  const command = encodeOnlyCommand(plan, 'frames.yuv', '/out').join(' ');
  expect(command).toContain('-f rawvideo -pix_fmt yuv420p -s 854x480 -r 25/1 -i frames.yuv');
  expect(command).toContain(
    '[0:0]scale=854:480:flags=bicubic,split=2[h264-480][smaller-1];[smaller-1]scale=640:360:flags=bicubic,split=2[h264-360][smaller-2];[smaller-2]scale=428:240:flags=bicubic[h264-240]',
  );
  expect(command).not.toContain('-c:a');
});
