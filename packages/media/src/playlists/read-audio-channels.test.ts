import { expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from './presentation.ts';
import { readAudioChannels } from './read-audio-channels.ts';
import { renderDashManifest } from './render-dash-manifest.ts';

const track = (id: string, channels: number) => ({
  ...buildAudioTrack(id, { name: '<Representation id="other"', sizesBytes: [900] }),
  channels,
});

it('reads the channels that each audio track has, also of 7.1', () => {
  const tracks = [
    buildVideoTrack('video', {}),
    track('audio-1', 2),
    track('audio-2', 6),
    track('audio-3', 8),
  ];
  expect([...readAudioChannels(renderDashManifest(createPresentation(tracks)))]).toEqual([
    ['audio-1', 2],
    ['audio-2', 6],
    ['audio-3', 8],
  ]);
});

it('finds none in a film without audio', () => {
  const silent = renderDashManifest(createPresentation([buildVideoTrack('video', {})]));
  expect(readAudioChannels(silent).size).toBe(0);
});
