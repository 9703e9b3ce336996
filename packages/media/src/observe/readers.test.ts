import { describe, expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { toArguments } from '../command/ffmpeg-command.ts';
import { decodeSurveyCommand, readDecodeSurvey } from './decode-survey.ts';
import { packetsPerFrame, readFrameTiming } from './frame-timing.ts';
import { interlaceProbeCommand, interlaceSample, readInterlaceProbe } from './interlace-probe.ts';
import type { KeyFrame } from './key-frames.ts';
import { readPacketColumns } from './packet-columns.ts';
import { readPacketTimes } from './packet-times.ts';

describe('readDecodeSurvey', () => {
  const extent = { streamIndex: 1, seconds: 10 };

  it('reads the final counts of ffmpeg 5 and 7', () => {
    const stderr = `[info] size=N/A time=00:00:00.09 bitrate=N/A speed=2.48e+03x
[info] size=N/A time=00:00:01.07 bitrate=N/A speed= 913x
[verbose]   Input stream #0:1 (audio): 29 packets read (12120 bytes); 29 frames decoded (44544 samples);`;
    expect(readDecodeSurvey(stderr, extent)).toEqual({
      streamIndex: 1,
      readPackets: 29,
      decodedFrames: 29,
      decodedSeconds: 1.07,
      isWhole: true,
      warnings: 0,
      openingWarnings: 0,
      corruptFrames: 0,
      changesAudioFormat: false,
      carries: null,
    });
  });

  it('counts decoder errors and corrupt frames', () => {
    const stderr = `[h264 @ 0x55] [error] mb_skip_run 1023 is invalid
[h264 @ 0x55] [info] concealing 84 DC, 84 AC, 84 MV errors in P frame
[warning] source: corrupt decoded frame in stream 0
[info] frame=  252 fps=0.0 q=-0.0 Lsize=N/A time=00:00:10.00 bitrate=N/A
[verbose]   Input stream #0:0 (video): 252 packets read (210218 bytes); 252 frames decoded;`;
    const survey = readDecodeSurvey(stderr, { streamIndex: 0, seconds: 10 });
    expect(survey).toMatchObject({ decodedFrames: 252, warnings: 1, corruptFrames: 1, isWhole: false });
  });

  it('counts the errors of opening a recording that begins between key frames, apart from later ones', () => {
    const error = (address: string) => `[h264 @ ${address}] [error] non-existing PPS 0 referenced\n`;
    const opened = '[info] Input #0, mpegts, from source:\n';
    const survey = (stderr: string) => readDecodeSurvey(stderr, { streamIndex: 0, seconds: 10 });
    expect(survey(error('0x5') + error('0x6') + opened + error('0x7'))).toMatchObject({
      ...{ openingWarnings: 2, warnings: 3 },
    });
    expect(survey(error('0x5'))).toMatchObject({ openingWarnings: 0, warnings: 1 });
  });

  it('detects that the audio format changes', () => {
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

  it('reports nothing decoded without output, after a crash and without a decoder', () => {
    const missing = '[fatal] Decoder (codec ac4) not found for input stream #0:1';
    for (const stderr of ['', missing]) {
      expect(readDecodeSurvey(stderr, extent)).toMatchObject({ decodedFrames: 0, decodedSeconds: 0 });
    }
  });
});

describe('readFrameTiming', () => {
  const timingOf = (csv: string, options = {}) => readFrameTiming(readPacketTimes(csv), options);

  it('ignores order, hidden frames and the extra fields of transport streams', () => {
    const csv =
      '0.0,0.0,9,N/A,K__,\n\n0.08,0.04,9,N/A,___,\n\n0.04,0.08,9,N/A,___\n0.0405,0.08,9,N/A,___\n0.06,0.1,9,N/A,_D_\n0.12,0.12,9,N/A,___\n';
    expect(timingOf(csv)).toEqual({
      times: [0, 0.04, 0.08, 0.12],
      overlapCount: 0,
      typicalFrameSeconds: expect.closeTo(0.04, 6),
      isEvenlySpaced: true,
      isPulldown: false,
      lacksTimes: false,
    });
  });

  it('returns null for one or two frames', () => {
    expect(timingOf('0.0,0.0,9,N/A,K__\n1.0,1.0,9,N/A,___\n')).toBeNull();
    expect(timingOf('')).toBeNull();
  });

  it('uses decode times if presentation times are missing, and interpolates if both are', () => {
    const csv =
      '0.58,0.5,9,N/A,K_\n0.66,0.54,9,N/A,__\nN/A,N/A,9,N/A,__\nN/A,N/A,9,N/A,__\n0.74,0.66,9,N/A,__\nN/A,N/A,9,N/A,__\n';
    const timing = timingOf(csv);
    expect(timing?.lacksTimes).toBe(true);
    expect(timing?.times.map((time) => Number(time.toFixed(3)))).toEqual([0.5, 0.54, 0.58, 0.62, 0.66, 0.7]);
  });

  it('counts two fields with a time each as one frame', () => {
    const csv = Array.from({ length: 20 }, (_, field) => `${field * 0.02},${field * 0.02},9,N/A,K_`).join(
      '\n',
    );
    expect(timingOf(csv, { packetsPerFrame: 2 })).toMatchObject({
      typicalFrameSeconds: expect.closeTo(0.04, 6),
      times: { length: 10 },
    });
  });

  it('packets hidden after the survey do not change how many packets of it make one frame', () => {
    const packets = readPacketTimes(
      Array.from({ length: 40 }, (_, at) => `${at * 0.02},${at * 0.02},9,${at < 20 ? 'K_' : '_D'}`).join(
        '\n',
      ),
    );
    const survey = { ...readDecodeSurvey('', { streamIndex: 0, seconds: 8 }), readPackets: 20 };
    const [stream] = factsOf([videoStream()]).video;
    const perFrame = (decodedFrames: number) =>
      stream && packetsPerFrame(stream, { ...survey, decodedFrames }, packets.hiddenPositions);
    expect([perFrame(20), perFrame(10)]).toEqual([1, 2]);
  });

  it('a still screen of which the survey decodes one frame, or one every two seconds, has no fields', () => {
    const survey = readDecodeSurvey('', { streamIndex: 0, seconds: 8 });
    const [stream] = factsOf([videoStream()]).video;
    const perFrame = (readPackets: number, decodedFrames: number) =>
      stream && packetsPerFrame(stream, { ...survey, readPackets, decodedFrames }, []);
    expect([perFrame(2, 1), perFrame(5, 4), perFrame(48, 24)]).toEqual([1, 1, 2]);
  });

  it('does not count frames before the first key frame', () => {
    const csv =
      '0.0,0.0,9,N/A,__\n0.04,0.04,9,N/A,__\n0.16,0.08,9,N/A,K_\n0.12,0.12,9,N/A,__\n0.2,0.16,9,N/A,__\n0.24,0.2,9,N/A,__\n';
    expect(timingOf(csv)?.times).toEqual([0.16, 0.2, 0.24]);
    expect(readPacketTimes(csv).hiddenPositions).toEqual([0, 1, 3]);
  });

  it('keeps the byte offsets of key frames, and nothing of those of other packets', () => {
    const csv = '0.0,0.0,9,48,K_\n0.04,0.04,9,1048,__\n0.08,0.08,9,2048,K_\n0.12,0.12,9,N/A,K_\n';
    expect(readPacketTimes(csv).keyFrameTimes).toEqual([
      { presentationSeconds: 0, decodeSeconds: 0, byteOffset: 48 },
      { presentationSeconds: 0.08, decodeSeconds: 0.08, byteOffset: 2048 },
      { presentationSeconds: 0.12, decodeSeconds: 0.12 },
    ]);
  });

  it('reads the packets of a ten-hour film in arrays of numbers: as objects they needed 200 MB', () => {
    const { shown } = readPacketColumns('0.0,0.0,9,48,K_\n0.04,N/A,9,1048,__\n');
    expect(Object.values(shown)).toEqual([
      Float64Array.of(0, 0.04),
      Float64Array.of(0, Number.NaN),
      Uint8Array.of(1, 0),
      Float64Array.of(48, Number.NaN),
    ]);
  });

  it('begins with the first shown frame if an edit list hides the key frame that it needs', () => {
    const csv =
      '-0.08,-0.08,9,N/A,KD\n-0.04,-0.04,9,N/A,_D\n0.0,0.0,9,N/A,__\n0.04,0.04,9,N/A,__\n0.08,0.08,9,N/A,K_\n';
    const packets = readPacketTimes(csv);
    expect(packets.runs).toEqual([[0, 0.04, 0.08]]);
    expect(packets.hiddenPositions).toEqual([0, 1]);
    // A position before the first shown frame cannot be sought.
    expect(packets.keyFrameTimes).toEqual([{ presentationSeconds: 0.08, decodeSeconds: 0.08 }]);
  });

  it('sorts key frames by their presentation, also those without a decode time', () => {
    const csv =
      '0.0,-0.04,9,N/A,K_\n0.08,0.0,9,N/A,__\n0.04,0.04,9,N/A,__\n0.2,N/A,9,N/A,K_\n0.16,0.12,9,N/A,K_\nN/A,0.2,9,N/A,K_\n';
    const { keyFrameTimes, keyFrameCount } = readPacketTimes(csv);
    expect(keyFrameCount).toBe(4);
    expect(keyFrameTimes).toEqual([
      { presentationSeconds: 0, decodeSeconds: -0.04 },
      { presentationSeconds: 0.16, decodeSeconds: 0.12 },
      { presentationSeconds: 0.2, decodeSeconds: 0.2 },
    ]);
  });

  it.each([
    ['steps of half a frame, as a multiplexer makes them', [0, 0.04, 0.02, 0.06], true],
    ['8 s without a frame', [0, 0.04, 8.04, 8.08], true],
    ['a step back by 0.3 s', [0, 0.4, 0.1, 0.5], false],
    ['12 s without a frame', [0, 0.04, 12.04, 12.08], false],
  ])('recognises where ffmpeg moves the clock: %s', (_, times, isClockContinuous) => {
    const csv = times.map((time) => `${time},${time},9,N/A,K_`).join('\n');
    expect(readPacketTimes(csv)).toMatchObject({ isClockContinuous, runs: { length: 1 } });
  });

  it('joins the parts before and after a jump of the clock', () => {
    const part = [0, 0.04, 0.08, 0.12].map((time) => `${time},${time},9,N/A,K_`).join('\n');
    const later = [0.02, 0.06, 0.1].map((time) => `${time},${time},9,N/A,K_`).join('\n');
    const csv = `${part}\n9.0,9.0,9,N/A,K_\n${later}`;
    expect(timingOf(csv, { clockMayJump: true })?.times.at(-1)).toBeCloseTo(9.12, 6);
    expect(timingOf(csv)).toMatchObject({ overlapCount: 3 });
    expect(timingOf(csv)?.times.at(-1)).toBe(9);
  });
});

describe('interlaceProbeCommand', () => {
  const argumentsFor = (
    durationSeconds: number | null,
    {
      isStartSampled = false,
      demuxer = 'mpegts',
      keySeconds = [] as number[],
      width = 1920,
      height = 1080,
    } = {},
  ) => {
    const source = { demuxer, durationSeconds, startSeconds: 1.5 };
    const keyFrames = keySeconds.map((seconds) => ({ seconds }) as KeyFrame);
    const stream = { index: 3, codedSize: { width, height } };
    const command = interlaceProbeCommand('/source', source, stream, { isStartSampled, keyFrames });
    return command === null ? null : toArguments(command).join(' ');
  };

  it('samples three positions of a long source and the beginning of a short one', () => {
    expect(argumentsFor(1000)?.match(/-ss \d+ -t 2 -i/g)).toEqual(['-ss 350 -t 2 -i', '-ss 700 -t 2 -i']);
    expect(argumentsFor(1000)).toContain('[2:3]idet=intl_thres=1.2[seen2]');
    expect(argumentsFor(5)).toContain('-t 8 -i /source -filter_complex [0:3]idet=intl_thres=1.2[seen0]');
    expect(argumentsFor(5)).toContain('-frames:v 480');
    expect(argumentsFor(20)).toContain('-ss 8 -t 4 -i /source');
    expect(argumentsFor(1000)).toContain('-frames:v 120');
    expect(argumentsFor(1000, { width: 8_000, height: 8_000 })).toContain('-frames:v 3');
  });

  it('decodes the beginning only in the survey', () => {
    expect(argumentsFor(5, { isStartSampled: true })).toBeNull();
    const long = argumentsFor(1000, { isStartSampled: true });
    expect(long?.match(/-ss \d+ -t 2 -i/g)).toEqual(['-ss 350 -t 2 -i', '-ss 700 -t 2 -i']);
    expect(long).toContain('[1:3]idet=intl_thres=1.2[seen1]');
    expect(long).not.toContain('[2:3]');
    const source = { demuxer: 'mov', durationSeconds: 1000, startSeconds: 0 };
    const sample = interlaceSample(source, { index: 3, codedSize: { width: 1920, height: 1080 } });
    const survey = decodeSurveyCommand('/source', 'mov', { streamIndex: 3, seconds: 8, sample });
    expect(toArguments(survey).join(' ')).toMatch(
      /-noautorotate -i \/source -filter_complex \[0:3\]trim=end=2,idet=intl_thres=1\.2\[seen\] -map 0:3 -f null - -map \[seen\] -frames:v 120 -f null -$/,
    );
  });

  it('starts at the key frame before a position, not at a far one and not without an index', () => {
    const keySeconds = [1.5, 345.5, 351, 352, 680];
    const seeks = (demuxer: string) => argumentsFor(1000, { demuxer, keySeconds })?.match(/-ss \S+/g);
    expect(seeks('mov')).toEqual(['-ss 349.64', '-ss 700']);
    expect(seeks('mpegts')).toEqual(['-ss 350', '-ss 700']);
    // Not into the seconds before, which are sampled already.
    expect(argumentsFor(20, { demuxer: 'mov', keySeconds: [1.5, 6] })).toContain('-ss 8 -t 4');
  });

  it('adds the counts of all positions', () => {
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
