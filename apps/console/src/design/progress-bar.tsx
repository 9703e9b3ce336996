import { ProgressBar as AriaProgressBar } from 'react-aria-components';
import { formatFraction } from '../format/quantities.ts';
import './progress-bar.css';

interface Props {
  /** For screen readers. */
  readonly label: string;
  /** From 0 to 1. */
  readonly fraction: number;
  /** A second, lighter bar behind the first. */
  readonly behind?: number;
  readonly look?: 'thin' | 'thick';
}

/** The widths are attributes of SVG, because the Content-Security-Policy allows no style attributes. */
export function ProgressBar({ label, fraction, behind, look = 'thin' }: Props) {
  return (
    <AriaProgressBar
      aria-label={label}
      value={fraction * 100}
      valueLabel={formatFraction(fraction)}
      className={`progress-bar progress-bar-${look}`}
    >
      <svg aria-hidden="true" className="progress-bar-track">
        {behind !== undefined && <rect className="progress-bar-behind" width={percent(behind)} />}
        <rect className="progress-bar-done" width={percent(fraction)} />
      </svg>
    </AriaProgressBar>
  );
}

function percent(fraction: number): string {
  return `${fraction * 100}%`;
}
