import type { ReactNode } from 'react';
import './layout.css';
import { Navigation } from './navigation.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const mainId = 'main';

export function Layout({ children }: { children: ReactNode }) {
  return (
    <div className="layout">
      <a href={`#${mainId}`} className="layout-skip">
        Skip to the content
      </a>
      <header className="layout-bar">
        <Navigation />
        <ThemeSwitch />
      </header>
      <main id={mainId} tabIndex={-1} className="layout-main">
        {children}
      </main>
    </div>
  );
}
