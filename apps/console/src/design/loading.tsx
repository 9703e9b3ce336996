import './loading.css';

/** Shown only where an answer takes longer than a moment. */
export function Loading() {
  return (
    <p className="loading" role="status">
      Loading …
    </p>
  );
}
