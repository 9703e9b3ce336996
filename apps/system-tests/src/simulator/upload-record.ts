import type { Upload } from '@fyrestream/events';
import type { UploadContent } from './upload-content.ts';

/** An upload of a simulated user. */
export interface UploadRecord {
  readonly upload: Upload;
  readonly jobId: string;
  readonly content: UploadContent;
  /** Whether S3 sent its notification. */
  readonly isNotified: boolean;
}
