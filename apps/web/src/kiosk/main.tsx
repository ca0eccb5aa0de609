import { createRoot } from 'react-dom/client';
import { readElder } from '../shared/elder.js';
import { readLocale } from '../shared/i18n.js';
import '../shared/tokens.css';
import '../shared/base.css';
import './kiosk.css';
import { App } from './app.js';

async function open(root: HTMLElement): Promise<void> {
  readElder();
  await readLocale(() => import('./en.js'));
  root.textContent = ''; // What the server wrote there for those who run no scripts.
  createRoot(root).render(<App counterId={location.pathname.split('/')[2] ?? ''} />);
}

const root = document.getElementById('root');
if (root) void open(root);
