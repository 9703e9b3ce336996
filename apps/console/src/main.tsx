import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './design/tokens.css';
import './design/base.css';
import { reloadOnceWhereFilesAreGone } from './layout/reload-once.ts';
import { applyTheme, readTheme } from './layout/theme.ts';
import { takeTokenFromAddress } from './session/token.ts';

takeTokenFromAddress();
reloadOnceWhereFilesAreGone();
applyTheme(readTheme());

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
