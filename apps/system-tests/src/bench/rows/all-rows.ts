import type { BenchRow } from './bench-row.ts';
import { encodeStage } from './encode-stage.ts';
import { memory } from './memory.ts';
import { uploadDrop } from './upload-drop.ts';
import { verificationShare } from './verification-share.ts';
import { wholePipeline } from './whole-pipeline.ts';

export const allRows: readonly BenchRow[] = [
  wholePipeline,
  encodeStage,
  memory,
  verificationShare,
  uploadDrop,
];
