import { describe, expect, it } from 'vitest';
import { toArguments } from '../command/ffmpeg-command.ts';
import { readDecodeSurvey } from './decode-survey.ts';
import { readFrameTiming } from './frame-timing.ts';
import { interlaceProbeCommand, readInterlaceProbe } from './interlace-probe.ts';

describe('readDecodeSurvey', () => {
  const extent = { streamIndex: 1, seconds: 10 };

  it('reads the counts at the end, of ffmpeg 5 and 7 alike', () => {
    const stderr = `[info] size=N/A time=00:00:00.09 bitrate=N/A speed=2.48e+03x
[info] size=N/A time=00:00:01.07 bitrate=N/A speed= 913x
[verbose]   Input stream #0:1 (audio): 29 packets read (12120 bytes); 29 frames decoded (44544 samples);`;
    expect(readDecodeSurvey(stderr, extent)).toEqual({
      streamIndex: 1,
      decodedFrames: 29,
      decodedSeconds: 1.07,
      isWhole: true,
      warnings: 0,
      corruptFrames: 0,
      changesAudioFormat: false,
    });
  });

  it('counts complaints and corrupt frames', () => {
    const stderr = `[h264 @ 0x55] [error] mb_skip_run 1023 is invalid
[h264 @ 0x55] [info] concealing 84 DC, 84 AC, 84 MV errors in P frame
[warning] source: corrupt decoded frame in stream 0
[info] frame=  252 fps=0.0 q=-0.0 Lsize=N/A time=00:00:10.00 bitrate=N/A
[verbose]   Input stream #0:0 (video): 252 packets read (210218 bytes); 252 frames decoded;`;
    const survey = readDecodeSurvey(stderr, { streamIndex: 0, seconds: 10 });
    expect(survey).toMatchObject({ decodedFrames: 252, warnings: 1, corruptFrames: 1, isWhole: false });
  });

  it('sees where the sound changes its format', () => {
    const line = (layout: string) =>
      `[graph_0_in_0_1 @ 0x55] [verbose] tb:1/44100 samplefmt:fltp samplerate:44100 chlayout:${layout}`;
    const changes = (...layouts: string[]) =>
      readDecodeSurvey(layouts.map(line).join('\n'), extent).changesAudioFormat;
    expect([changes('mono'), changes('mono', 'mono'), changes('mono', 'stereo')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('takes silence, a crash and a missing decoder for nothing decoded', () => {
    const missing = '[fatal] Decoder (codec ac4) not found for input stream #0:1';
    for (const stderr of ['', missing]) {
      expect(readDecodeSurvey(stderr, extent)).toMatchObject({ decodedFrames: 0, decodedSeconds: 0 });
    }
  });
});

describe('readFrameTiming', () => {
  it('ignores order, hidden frames and packets without a time', () => {
    const csv =
      '0.000000,K__\n0.080000,___\n0.040000,___\n0.040500,___\nN/A,___\n0.060000,_D_\n0.120000,___\n';
    expect(readFrameTiming(csv)).toEqual({
      frameCount: 4,
      typicalFrameSeconds: expect.closeTo(0.04, 6),
      isEvenlySpaced: true,
    });
  });

  it('says nothing of one or two frames', () => {
    expect(readFrameTiming('0.000000,K__\n1.000000,___\n')).toBeNull();
    expect(readFrameTiming('')).toBeNull();
  });
});

describe('interlaceProbeCommand', () => {
  it('looks at three places of a long source, at the beginning of a short one', () => {
    const argumentsFor = (durationSeconds: number) =>
      toArguments(interlaceProbeCommand('/source', { demuxer: 'mpegts', durationSeconds }, 3)).join(' ');
    expect(argumentsFor(1000).match(/-ss \d+ -t 4 -i/g)).toEqual(['-ss 350 -t 4 -i', '-ss 700 -t 4 -i']);
    expect(argumentsFor(1000)).toContain('[2:3]idet=intl_thres=1.2[seen2]');
    expect(argumentsFor(5)).toContain('-t 12 -i /source -filter_complex [0:3]idet=intl_thres=1.2[seen0]');
  });

  it('sums what was seen', () => {
    const line = (top: number) =>
      `[Parsed_idet_0 @ 0x55] Multi frame detection: TFF:    ${top} BFF:     0 Progressive:     3 Undetermined:     1`;
    expect(readInterlaceProbe(`${line(10)}\n${line(20)}`)).toEqual({
      topFirstFrames: 30,
      bottomFirstFrames: 0,
      progressiveFrames: 6,
      undeterminedFrames: 2,
    });
    expect(readInterlaceProbe('')).toBeNull();
  });
});
