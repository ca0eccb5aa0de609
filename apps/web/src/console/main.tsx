import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { makeClient } from '../shared/graphql/client.js';
import { readLocale } from '../shared/i18n.js';
import { hadSession, rememberSession } from '../shared/session.js';
import '../shared/tokens.css';
import '../shared/base.css';
import './styles/frame.css';
import './styles/figures.css';
import './styles/work.css';
import './styles/reports.css';
import './styles/counters.css';
import './styles/print.css';
import './styles/wall.css';
import { App } from './app.js';

/** A page that stays open outlives its session: the address stays, and asks who one is. */
function lost(): void {
  if (!hadSession()) return;
  rememberSession(false);
  location.reload();
}

async function open(root: HTMLElement): Promise<void> {
  await readLocale(() => import('./en.js'));
  root.textContent = ''; // What the server wrote there for those who run no scripts.
  createRoot(root).render(
    <Provider value={makeClient({ hadSession, lost })}>
      <App />
    </Provider>,
  );
}

const root = document.getElementById('root');
if (root) void open(root);
