import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './design/tokens.css';
import './design/base.css';
import { applyTheme, readTheme } from './layout/theme.ts';
import { takeTokenFromAddress } from './session/token.ts';

takeTokenFromAddress();
applyTheme(readTheme());

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
