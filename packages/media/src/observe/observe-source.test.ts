import { describe, expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { toArguments } from '../command/ffmpeg-command.ts';
import { observeSource } from './observe-source.ts';

const counted = '[verbose]   Input stream #0:0 (video): 240 packets read (9 bytes); 240 frames decoded;';
const combed = (frames: number) =>
  `[info] Multi frame detection: TFF:    ${frames} BFF:     0 Progressive:     3 Undetermined:     1`;

/** Runs nothing: the packets have the rate of the stream, `answer` is what ffmpeg prints. */
async function observe(
  { rate, durationSeconds }: { rate: number; durationSeconds: number },
  answer: (argv: string) => string,
) {
  const duration = `${durationSeconds}`;
  const stream = videoStream({ r_frame_rate: `${rate}/1`, avg_frame_rate: `${rate}/1`, duration });
  const commands: string[] = [];
  const packets = Array.from({ length: 100 }, (_, index) => {
    const seconds = (index / rate).toFixed(6);
    return `${seconds},${seconds},1000,N/A,K__`;
  });
  const observed = await observeSource(
    {
      async probe(argv) {
        if (argv.join(' ').includes('dts_time')) return packets.join('\n');
        return argv.includes('json') ? '{}' : '';
      },
      async run(command) {
        const argv = toArguments(command).join(' ');
        commands.push(argv);
        return answer(argv);
      },
      async *bytes() {},
      read: async () => new Uint8Array(),
    },
    '/source',
    factsOf([stream], { duration }),
  );
  return { observed, commands };
}

describe('surveying a long video', () => {
  const counts = (packets: number, frames: number) =>
    `[verbose]   Input stream #0:0 (video): ${packets} packets read (9 bytes); ${frames} frames decoded;`;
  const surveyed = async (short: string) => {
    const { commands, observed } = await observe({ rate: 60, durationSeconds: 66 }, (argv) =>
      argv.includes('-t 3 ') ? short : counts(480, 480),
    );
    return { seconds: commands.map((argv) => / -t (\d+) /.exec(argv)?.[1]), survey: observed.surveys?.[0] };
  };

  it('decodes three seconds of ordinary video', async () => {
    expect(await surveyed(`${counts(180, 180)}\ntime=00:00:03.00`)).toMatchObject({
      seconds: ['3'],
      survey: { isWhole: false },
    });
  });

  it.each([
    ['begins late', counts(0, 0)],
    ['has a frame every two seconds', counts(2, 2)],
    ['has two packets for each frame', counts(360, 180)],
    ['is damaged', `[error] error while decoding MB\n${counts(180, 180)}`],
  ])('decodes eight seconds of video that %s', async (_, short) => {
    expect(await surveyed(short)).toMatchObject({ seconds: ['3', '8'], survey: { decodedFrames: 480 } });
  });
});

describe('looking for interlaced frames', () => {
  it('decodes the beginning of a long video once, for the survey and for idet', async () => {
    const { observed, commands } = await observe({ rate: 25, durationSeconds: 66 }, (argv) =>
      argv.includes('verbose') ? `${counted}\n${combed(10)}` : `${combed(20)}\n${combed(30)}`,
    );
    expect(commands).toHaveLength(2);
    expect(commands[1]?.match(/ -i /g)).toHaveLength(2);
    expect(observed.interlace).toMatchObject({ topFirstFrames: 60, progressiveFrames: 9 });
  });

  it('decodes five seconds of video once', async () => {
    const { observed, commands } = await observe(
      { rate: 25, durationSeconds: 5 },
      () => `${counted}\n${combed(10)}`,
    );
    expect(commands).toHaveLength(1);
    expect(observed.interlace).toMatchObject({ topFirstFrames: 10, progressiveFrames: 3 });
  });

  it('does not look where a result would change nothing, at 60 frames per second', async () => {
    const { observed, commands } = await observe({ rate: 60, durationSeconds: 66 }, () => counted);
    expect(commands).toHaveLength(1);
    expect(commands[0]).not.toContain('idet');
    expect(observed.interlace).toBeNull();
  });

  it('surveys again without idet if nothing was decoded with it', async () => {
    const { observed, commands } = await observe({ rate: 25, durationSeconds: 5 }, (argv) =>
      argv.includes('verbose') && argv.includes('idet') ? '[error] Impossible to convert' : counted,
    );
    expect(commands.map((argv) => argv.includes('idet'))).toEqual([true, false, true]);
    expect(observed.surveys).toMatchObject([{ decodedFrames: 240, warnings: 0 }]);
    expect(observed.interlace).toBeNull();
  });
});
