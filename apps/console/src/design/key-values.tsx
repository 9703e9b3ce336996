import type { ReactNode } from 'react';
import './key-values.css';

/** Names and values side by side; an entry whose value is null is left out. */
export function KeyValues({ entries }: { entries: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="key-values-list">
      {entries
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="key-values-entry">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
