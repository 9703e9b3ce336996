import type { Stack } from '../api/views.ts';
import { Failure } from '../design/failure.tsx';
import { KeyValues } from '../design/key-values.tsx';
import { Loading } from '../design/loading.tsx';
import { ProgressBar } from '../design/progress-bar.tsx';
import './places.css';
import { refreshMilliseconds } from './refresh.ts';
import { useStack } from './use-stack.ts';

/** How many tasks run, and what this stack is. */
export function Places() {
  const stack = useStack(refreshMilliseconds);
  if (stack.data) return <StackFacts stack={stack.data} />;
  return stack.error ? <Failure error={stack.error} /> : <Loading />;
}

function StackFacts({ stack: { name, kind, region, versions, places } }: { stack: Stack }) {
  const { taken, max } = places;
  return (
    <div className="places">
      <div className="places-meter">
        <p className="places-count">
          {taken}
          {max !== null && <span className="places-max"> of {max}</span>}
        </p>
        <p className="places-label">places taken by tasks</p>
        {max !== null && (
          <ProgressBar label="Places taken" fraction={Math.min(1, taken / max)} look="thick" />
        )}
      </div>
      <KeyValues
        entries={[
          ['Stack', name],
          ['Kind', kind],
          ['Region', region],
          ['Fyrestream', versions.fyrestream],
          ['Node', versions.node],
        ]}
      />
    </div>
  );
}
