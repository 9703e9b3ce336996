import { type Column, DataTable } from '../../design/data-table.tsx';
import { formatBitrate } from '../../format/quantities.ts';
import { Section } from '../../layout/section.tsx';
import type { CertifiedPlan } from './certificate.ts';
import { describeFrameRate } from './describe-streams.ts';
import './renditions.css';

interface Row {
  readonly name: string;
  readonly what: string;
  readonly bitrate: string;
  readonly why: string;
}

/** What was made of the source, and why. */
export function Renditions({ plan }: { plan: CertifiedPlan }) {
  return (
    <Section title="Plan">
      <DataTable label="Planned tracks" columns={columns} rows={planRows(plan)} keyOf={({ name }) => name} />
      <dl className="renditions-reasons">
        {planReasons(plan).map(([name, why]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

const columns: readonly Column<Row>[] = [
  { name: 'Track', cell: ({ name }) => name },
  { name: 'What', cell: ({ what }) => what },
  { name: 'At most', look: 'number', cell: ({ bitrate }) => bitrate },
  { name: 'Why', look: 'why', cell: ({ why }) => why },
];

function planRows({ video, audio, subtitles }: CertifiedPlan): Row[] {
  const renditions = video?.branches.flatMap((branch) => branch.renditions) ?? [];
  return [
    ...renditions.map(({ id, width, height, maximumBitrateBitsPerSecond, why }) => ({
      name: id,
      what: `${width}×${height}`,
      bitrate: formatBitrate(maximumBitrateBitsPerSecond),
      why,
    })),
    ...(video?.dropped ?? []).map(({ codec, shortEdgePixels, why }) => ({
      name: `${codec}-${shortEdgePixels}`,
      what: 'left out',
      bitrate: '',
      why,
    })),
    ...audio.map(({ id, name, bitrateBitsPerSecond, filters }) => ({
      name: id,
      what: name,
      bitrate: formatBitrate(bitrateBitsPerSecond),
      why: filters.map(({ why }) => why).join('; '),
    })),
    ...subtitles.map(({ id, name, why }) => ({ name: id, what: name, bitrate: '', why })),
  ];
}

function planReasons({ video, timeline, segmentSeconds }: CertifiedPlan): [name: string, why: string][] {
  if (video === null) return [['Time', timeline.why]];
  const { frameRate, frameRateWhy, keyFrameIntervalFrames, orientationWhy } = video;
  const keyFrameSeconds = (keyFrameIntervalFrames * frameRate.denominator) / frameRate.numerator;
  return [
    ['Frame rate', `${describeFrameRate(frameRate)}: ${frameRateWhy}`],
    ['Orientation', orientationWhy],
    ['Time', timeline.why],
    [
      'Segments',
      `${segmentSeconds} s each, with a key frame every ${Number(keyFrameSeconds.toFixed(2))} s, at the same times in all renditions`,
    ],
  ];
}
