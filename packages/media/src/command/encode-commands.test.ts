import { defaultLadderConfig } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, subtitleStream, videoStream } from '../../test/ffprobe-fixtures.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { encodeAudioCommand } from './encode-audio-command.ts';
import { encodeVideoCommand } from './encode-video-command.ts';
import { extractSubtitleCommand } from './extract-subtitle-command.ts';
import { toArguments } from './ffmpeg-command.ts';
import { posterCommand } from './poster-command.ts';
import { prepareAudioCommand } from './prepare-audio-command.ts';
import { remuxCommand } from './remux-command.ts';

type Streams = Parameters<typeof factsOf>[0];
const targets = { sourcePath: '/scratch/source', targetFor: (id: string) => `unix:/scratch/${id}.sock` };
const planOf = (streams: Streams) => planEncode(factsOf(streams), {}, defaultLadderConfig);
const videoArguments = (streams: Streams) => toArguments(encodeVideoCommand(planOf(streams), null, targets));
/** Arguments never hold a space that matters here: one line is easier to read than forty. */
const words = (text: string) => text.trim().split(/\s+/);

const start = '-hide_banner -nostdin -y -nostats -v warning -max_error_rate 1';
const guarded = '-protocol_whitelist file -f mov -probesize 50000000 -analyzeduration 20000000';

describe('encodeVideoCommand', () => {
  it('encodes a small 29.97 fps clip in two renditions', () => {
    const clip = videoStream({
      width: 640,
      height: 360,
      r_frame_rate: '30000/1001',
      avg_frame_rate: '30000/1001',
    });
    const output = (id: string, quality: number, ceiling: number) => `
      -map [out-${id}] -c:v libx264 -preset veryfast -crf ${quality} -profile:v high -pix_fmt yuv420p
      -sc_threshold 0 -flags +cgop -bf 2 -a53cc 0 -maxrate ${ceiling} -bufsize ${2 * ceiling} -g 60 -keyint_min 60
      -color_range tv -color_primaries bt709 -color_trc bt709 -colorspace bt709 -fps_mode passthrough
      -map_metadata -1 -map_chapters -1
      -f mp4 -movflags +frag_keyframe+delay_moov+default_base_moof+skip_trailer unix:/scratch/${id}.sock`;
    const graph =
      '[0:0]fps=30000/1001:start_time=0,' +
      "scale=w='if(lt(abs(dar*360/640-1),0.02),640,min(640,max(2,2*round(360*dar/2))))':" +
      "h='if(lt(abs(dar*360/640-1),0.02),360,min(360,max(2,2*round(640/dar/2))))':eval=frame:" +
      'flags=bicubic:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,' +
      'pad=640:360:(ow-iw)/2:(oh-ih)/2:eval=frame,' +
      'setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,setsar=1,' +
      'split=2[out-h264-360][smaller-standard-1];' +
      '[smaller-standard-1]scale=426:240:flags=bicubic,setsar=1[out-h264-240]';
    expect(videoArguments([clip])).toEqual([
      ...words(
        `${start} ${guarded} -noautorotate -reinit_filter 0 -max_pixels 67108864 -i /scratch/source -filter_complex`,
      ),
      graph,
      ...words(output('h264-360', 23, 800_000)),
      ...words(output('h264-240', 24, 400_000)),
    ]);
  });

  it('turns a phone film once, by a filter, and tone-maps HDR once for all rungs', () => {
    const phone = videoStream({
      ...{
        pix_fmt: 'yuv420p10le',
        color_transfer: 'arib-std-b67',
        color_primaries: 'bt2020',
        color_space: 'bt2020nc',
      },
      side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }],
    });
    const graph = videoArguments([phone]).find((argument) => argument.startsWith('[0:0]')) ?? '';
    expect(graph.match(/transpose=clock|rotate|hflip|vflip/g)).toEqual(['transpose=clock']);
    expect(videoArguments([phone])).toContain('-noautorotate');
    expect(graph.match(/tonemap=tonemap/g)).toHaveLength(1);
    expect(graph).toContain(
      ':eval=frame:flags=bicubic,pad=1080:1920:(ow-iw)/2:(oh-ih)/2:eval=frame,' +
        'zscale=pin=bt2020:tin=arib-std-b67:min=bt2020nc:rin=limited:t=linear:npl=100,format=gbrpf32le,' +
        'zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=limited,format=yuv420p,',
    );
    expect(graph).toContain('[smaller-standard-4]scale=240:426:flags=bicubic,setsar=1[out-h264-240]');
  });

  it('moves a transport stream that starts at 1.433 s to 0, in video and audio alike', () => {
    const streams = [videoStream({ start_time: '1.433000' }), audioStream({ start_time: '1.411000' })];
    const plan = planEncode(factsOf(streams, { start_time: '1.411000' }), {}, defaultLadderConfig);
    for (const command of [encodeVideoCommand(plan, null, targets), encodeAudioCommand(plan, targets)]) {
      expect(toArguments(command).join(' ')).toContain('-itsoffset -0.022');
    }
  });

  it('throws a typed error without a video stream', () => {
    const encode = () => videoArguments([audioStream()]);
    expect(encode).toThrow(expect.objectContaining({ code: 'no-media-stream' }));
  });
});

describe('encodeAudioCommand', () => {
  it('encodes every language in one run, each with its own filters', () => {
    const german = audioStream({
      index: 2,
      channels: 6,
      channel_layout: '5.1',
      tags: { language: 'ger' },
      disposition: {},
    });
    const output = (index: number, mix: string, language: string, id: string) => `
      -map 0:${index}
      -af aresample=48000:async=1:min_hard_comp=0.04:first_pts=0${mix},aformat=sample_fmts=fltp:channel_layouts=stereo,atrim=start_sample=1024
      -c:a aac -b:a 128000 -ar 48000 -ac 2 -map_metadata -1 -map_chapters -1 -metadata:s:a:0 language=${language}
      -f mp4 -movflags +cmaf+skip_trailer -frag_duration 1000000 unix:/scratch/${id}.sock`;
    const surround = ':center_mix_level=0.707:surround_mix_level=0.707:lfe_mix_level=0:rematrix_maxval=1';
    expect(toArguments(encodeAudioCommand(planOf([audioStream(), german]), targets))).toEqual([
      ...words(`${start} ${guarded} -i /scratch/source`),
      ...words(output(1, '', 'eng', 'audio-1')),
      ...words(output(2, surround, 'deu', 'audio-2')),
    ]);
  });
});

describe('audio whose format changes within the stream', () => {
  it('is decoded to one format first, and its times are moved only once', () => {
    const late = [
      videoStream(),
      audioStream({ start_time: '0.500000' }),
      audioStream({ index: 4, disposition: {} }),
    ];
    const changing = {
      ...{ streamIndex: 1, readPackets: 400, decodedFrames: 400, decodedSeconds: 9.5, isWhole: true },
      ...{ warnings: 0, openingWarnings: 0, corruptFrames: 0, changesAudioFormat: true, carries: null },
    };
    const surround = ':center_mix_level=0.707:surround_mix_level=0.707:lfe_mix_level=0:rematrix_maxval=1';
    const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo';
    const plan = planEncode(factsOf(late), { surveys: [changing] }, defaultLadderConfig);
    const prepared = toArguments(
      prepareAudioCommand(plan, { sourcePath: '/source', target: '/prepared.nut' }),
    );
    expect(prepared).toEqual(
      words(`${start} ${guarded} -i /source
        -map 0:1 -filter:a:0 aresample=48000${surround},aformat=sample_fmts=dblp:channel_layouts=mono|stereo,aeval=val(0)|val(1):c=stereo,${stereo},atrim=start=0
        -map 0:4 -filter:a:1 aresample=48000,${stereo},atrim=start=0
        -c:a pcm_s16le -map_metadata -1 -map_chapters -1 -f nut /prepared.nut`),
    );
    const encode = toArguments(encodeAudioCommand(plan, { ...targets, sourcePath: '/prepared.nut' })).join(
      ' ',
    );
    expect(encode).toContain('-protocol_whitelist file -f nut -copyts -i /prepared.nut -map 0:0 -af');
    expect(encode).toContain('-map 0:1 -af');
  });
});

describe('commands after an encode', () => {
  it('extracts text subtitles', () => {
    const plan = planOf([
      videoStream(),
      subtitleStream(),
      subtitleStream({ index: 3, codec_name: 'mov_text' }),
    ]);
    expect(
      toArguments(extractSubtitleCommand(plan, { ...targets, targetFor: (id, part) => `/${id}.${part}` })),
    ).toEqual(
      words(`${start} ${guarded} -sub_charenc_mode ignore -i /scratch/source
        -map 0:2 -c copy -f framecrc /subtitles-1.cues -map 0:2 -c copy -f data /subtitles-1.text
        -map 0:3 -c ass -f framecrc /subtitles-2.cues -map 0:3 -c ass -f data /subtitles-2.text
        -map 0:3 -c copy -f framecrc /subtitles-2.source-cues -map 0:3 -c copy -f data /subtitles-2.source-text`),
    );
  });

  it('remuxes without encoding', () => {
    const read = (path: string) => `-protocol_whitelist file -f mov -i ${path}`;
    expect(
      toArguments(remuxCommand({ videoPath: '/v.mp4', audioPath: '/a.mp4' }, '/out.mp4', '/hashes')),
    ).toEqual(
      words(`${start} ${read('/v.mp4')} ${read('/a.mp4')} -map 0:0 -map 1:0 -c copy
        -map_metadata -1 -map_chapters -1 -f mp4 -movflags +faststart /out.mp4
        -map 0:0 -map 1:0 -c copy -f streamhash -hash md5 /hashes`),
    );
  });

  it('gives an MP4 its title', () => {
    const argv = toArguments(remuxCommand({ videoPath: '/v.mp4' }, '/out.mp4', '/hashes', '-y "Größe"'));
    expect(argv.slice(argv.indexOf('-metadata')).slice(0, 2)).toEqual(['-metadata', 'title=-y "Größe"']);
  });

  it('makes the poster from a rendition', () => {
    const bright =
      'signalstats,metadata=select:key=lavfi.signalstats.YAVG:value=32:function=greater,thumbnail=n=10,scale=out_color_matrix=bt601:out_range=pc';
    expect(toArguments(posterCommand('/v.mp4', '/poster.jpg'))).toEqual(
      words(`-hide_banner -nostdin -y -nostats -v error -max_error_rate 1
        -protocol_whitelist file -f mov -skip_frame nokey -i /v.mp4 -map 0:v:0 -vf ${bright}
        -frames:v 1 -q:v 3 -pix_fmt yuvj420p -f image2 -update 1 /poster.jpg`),
    );
  });
});
