import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { encodeAudioCommand } from '../command/encode-audio-command.ts';
import { encodeVideoCommand } from '../command/encode-video-command.ts';
import { toArguments } from '../command/ffmpeg-command.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { addAudioReferenceCapture } from './add-audio-reference-capture.ts';
import { addVideoReferenceCapture } from './add-video-reference-capture.ts';

const targets = { sourcePath: '/source', targetFor: (id: string) => `unix:/${id}.sock` };

function argumentAfter(argv: readonly string[], name: string, occurrence = 0): string | undefined {
  return argv.filter((_, index) => argv[index - 1] === name)[occurrence];
}

describe('addVideoReferenceCapture', () => {
  function graphOf(stream: ReturnType<typeof videoStream>): string {
    const plan = planEncode(factsOf([stream]), {}, defaultLadderConfig);
    if (plan.video === null) return '';
    const command = encodeVideoCommand(plan, null, targets);
    const captured = addVideoReferenceCapture(command, plan.video, {
      frameTimesTarget: 'unix:/times.sock',
      referenceTarget: (id) => `unix:/${id}.sock`,
    });
    return argumentAfter(toArguments(captured), '-filter_complex') ?? '';
  }

  it('prints the times of decoded frames and copies the frames of the smallest rendition', () => {
    const graph = graphOf(videoStream({ width: 640, height: 360 }));
    expect(graph.split(';')).toEqual([
      expect.stringMatching(
        /^\[0:0\]metadata=mode=add:key=seen:value=1,metadata=mode=print:file='unix\\:\/times\.sock',fps=.*,split=2\[out-h264-360\]\[smaller-standard-1\]$/,
      ),
      '[smaller-standard-1]scale=426:240:flags=bicubic,setsar=1[all-standard]',
      '[all-standard]split=2[out-h264-240][tap-standard]',
      '[tap-standard]scale=64:36:flags=area,format=yuv420p[reference-standard]',
    ]);
  });

  it('copies the frames of a single rendition behind the filters of its branch', () => {
    const graph = graphOf(videoStream({ width: 320, height: 180 }));
    expect(graph).toMatch(
      /^\[0:0\]metadata=.*,setsar=1\[all-standard\];\[all-standard\]split=2\[out-h264-180\]\[tap-standard\];\[tap-standard\]scale=[^;]*\[reference-standard\]$/,
    );
  });
});

describe('addAudioReferenceCapture', () => {
  it('adds an output per track with its frame times and without the trim of the priming', () => {
    const plan = planEncode(factsOf([audioStream()]), {}, defaultLadderConfig);
    const command = encodeAudioCommand(plan, targets);
    const argv = toArguments(
      addAudioReferenceCapture(command, plan, {
        frameTimesTarget: (id) => `/${id}.times`,
        referenceTarget: (id) => `/${id}.pcm`,
      }),
    );
    const encoded = argumentAfter(argv, '-af') ?? '';
    const reference = argumentAfter(argv, '-af', 1) ?? '';
    expect(encoded).toMatch(/,atrim=start_sample=1024$/);
    expect(reference).toBe(
      "ametadata=mode=add:key=seen:value=1,ametadata=mode=print:file='/audio-1.times'," +
        encoded.replace(',atrim=start_sample=1024', ''),
    );
    expect(argumentAfter(argv, '-map', 1)).toBe(argumentAfter(argv, '-map'));
    expect(argv.at(-1)).toBe('/audio-1.pcm');
  });
});
