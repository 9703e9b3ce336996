import type { ReactNode } from 'react';
import './failure.css';

/** Says in one sentence what is wrong and what to do. */
export function Failure({ error, children }: { error: Error; children?: ReactNode }) {
  return (
    <div className="failure" role="alert">
      <p>{error.message}</p>
      {children}
    </div>
  );
}
