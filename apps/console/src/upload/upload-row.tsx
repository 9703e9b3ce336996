import { Link } from 'react-aria-components';
import { describeError } from '../api/describe-error.ts';
import { Button } from '../design/button.tsx';
import { ProgressBar } from '../design/progress-bar.tsx';
import { formatBytes, formatFraction } from '../format/quantities.ts';
import type { Uploads } from './create-uploads.ts';
import { describePrice, describeRenditions } from './describe-quote.ts';
import { isSidecar, type UploadItem } from './upload-item.ts';
import './upload-row.css';

interface Props {
  readonly item: UploadItem;
  readonly uploads: Uploads;
  readonly onRemove: () => void;
}

export function UploadRow({ item, uploads, onRemove }: Props) {
  const { id, path, state, file, sizeBytes } = item;
  const canGoOn = file !== null && (state === 'paused' || state === 'interrupted');
  return (
    <li className="upload-row" data-state={state}>
      <div className="upload-row-name">
        {item.jobId === null ? path : <Link href={`/jobs/${item.jobId}`}>{path}</Link>}
      </div>
      <div className="upload-row-size">{formatBytes(sizeBytes)}</div>
      <div className="upload-row-state">
        <UploadState item={item} />
      </div>
      <div className="upload-row-actions">
        {state === 'sending' && (
          <Button look="quiet" aria-label={`Pause ${path}`} onPress={() => uploads.pause(id)}>
            Pause
          </Button>
        )}
        {canGoOn && (
          <Button look="quiet" aria-label={`Go on with ${path}`} onPress={() => uploads.resume(id)}>
            Go on
          </Button>
        )}
        <Button look="quiet" aria-label={`Remove ${path}`} onPress={onRemove}>
          Remove
        </Button>
      </div>
    </li>
  );
}

function UploadState({
  item: { state, path, quote, error, file, sentBytes, sizeBytes },
}: {
  item: UploadItem;
}) {
  if (state === 'chosen') {
    if (error !== null) return <span className="upload-row-error">{describeError(error)}</span>;
    if (isSidecar({ path })) return 'Belongs to its video';
    if (quote === null) return 'Estimating …';
    return (
      <>
        {describeRenditions(quote)} · {describePrice(quote)}
        {quote.isAboveLimit && (
          <span className="upload-row-error"> · above the limit: the job will be held</span>
        )}
      </>
    );
  }
  if (state === 'waiting') return 'Waiting';
  if (state === 'done') return 'Uploaded';
  const fraction = sizeBytes === 0 ? 0 : sentBytes / sizeBytes;
  return (
    <div className="upload-row-progress">
      <ProgressBar label={`Upload of ${path}`} fraction={fraction} />
      <span>
        {formatFraction(fraction)} of {formatBytes(sizeBytes)}
        {state === 'paused' && ' · paused'}
        {state === 'interrupted' && file === null && ' · interrupted: choose the file again to go on'}
      </span>
      {error !== null && <span className="upload-row-error">{describeError(error)}</span>}
    </div>
  );
}
