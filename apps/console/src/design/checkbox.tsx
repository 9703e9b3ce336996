import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components';
import './checkbox.css';

/** A box without a visible label; `aria-label` names it. */
export function Checkbox(props: Omit<CheckboxProps, 'className' | 'children'> & { 'aria-label': string }) {
  return (
    <AriaCheckbox {...props} className="checkbox">
      <svg viewBox="0 0 16 16" aria-hidden="true" className="checkbox-box">
        <path className="checkbox-check" d="M3.5 8.5l3 3 6-7" />
        <path className="checkbox-some" d="M4 8h8" />
      </svg>
    </AriaCheckbox>
  );
}
