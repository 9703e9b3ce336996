export {
  av1Ladder,
  type CodecLadder,
  codecLadderSchema,
  defaultLadderPreset,
  hevcLadder,
  type LadderPreset,
  type LadderRung,
  ladderPresetSchema,
} from './ladder-preset.ts';
