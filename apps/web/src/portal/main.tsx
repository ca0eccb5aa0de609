import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { readElder } from '../shared/elder.js';
import { makeClient } from '../shared/graphql/client.js';
import { readLocale, t } from '../shared/i18n.js';
import { renewOnReturn } from '../shared/leaving.js';
import { hadSession } from '../shared/session.js';
import { tellOver } from '../shared/session-over.js';
import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/frame.css';
import '../shared/photos.css';
import './styles/frame.css';
import './styles/pages.css';
import { nameHouse } from '../shared/title.js';
import { App } from './app.js';

async function open(root: HTMLElement): Promise<void> {
  readElder();
  await readLocale(() => import('./en.js'));
  nameHouse(t('桃源商家'));
  renewOnReturn(hadSession);
  root.textContent = ''; // What the server wrote there for those who run no scripts.
  createRoot(root).render(
    <Provider value={makeClient({ hadSession, lost: tellOver })}>
      <App />
    </Provider>,
  );
}

const root = document.getElementById('root');
if (root) void open(root);
