import type { BenchRow } from './bench-row.ts';
import { costEstimate } from './cost-estimate.ts';
import { encodeStage } from './encode-stage.ts';
import { largeDrop } from './large-drop.ts';
import { memory } from './memory.ts';
import { quality } from './quality.ts';
import { split } from './split.ts';
import { uploadDrop } from './upload-drop.ts';
import { verificationShare } from './verification-share.ts';
import { waitingJobs } from './waiting-jobs.ts';
import { wholePipeline } from './whole-pipeline.ts';
import { workers } from './workers.ts';

export const allRows: readonly BenchRow[] = [
  wholePipeline,
  encodeStage,
  workers,
  split,
  memory,
  verificationShare,
  uploadDrop,
  quality,
  waitingJobs,
  largeDrop,
  costEstimate,
];
