import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { readTheme, saveTheme, type Theme, themes } from './theme.ts';
import './theme-switch.css';

const names: Record<Theme, string> = { system: 'Auto', light: 'Light', dark: 'Dark' };

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
        <ToggleButton key={one} id={one} className="theme-switch-choice">
          {names[one]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
