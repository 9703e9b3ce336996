import './mark.css';

export function Mark() {
  return (
    <svg viewBox="0 0 24 24" className="mark" aria-hidden="true">
      <rect width="24" height="24" rx="6" />
      <path d="M7 6h10v2.6h-7.2V11h6v2.6h-6V18H7z" />
    </svg>
  );
}
