import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { readTheme, saveTheme, type Theme, themes } from './theme.ts';
import './theme-switch.css';

const names: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** A half circle, a sun, a moon. */
const icons: Record<Theme, string> = {
  system: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  dark: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z',
};

export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <ToggleButtonGroup
      aria-label="Colours"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={([chosen]) => {
        saveTheme(chosen as Theme);
        setTheme(chosen as Theme);
      }}
      className="theme-switch"
    >
      {themes.map((one) => (
        <ToggleButton key={one} id={one} aria-label={names[one]} className="theme-switch-choice">
          <svg viewBox="0 0 16 16" aria-hidden="true" className="theme-switch-icon" data-icon={one}>
            <path d={icons[one]} />
          </svg>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
