import type { ReactNode } from 'react';
import { describeError } from '../api/describe-error.ts';
import './failure.css';

/** Says in one sentence what is wrong and what to do. */
export function Failure({ error, children }: { error: unknown; children?: ReactNode }) {
  return (
    <div className="failure" role="alert">
      <p>{describeError(error)}</p>
      {children}
    </div>
  );
}
