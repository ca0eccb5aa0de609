import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { readElder } from '../shared/elder.js';
import { ask } from '../shared/graphql/ask.js';
import { makeClient } from '../shared/graphql/client.js';
import { readLocale, t } from '../shared/i18n.js';
import { keepForLater } from '../shared/keep-for-later.js';
import { renewOnReturn } from '../shared/leaving.js';
import { onOver, tellOver } from '../shared/session-over.js';
// What most parts use, or the front and every product: otherwise each would be a file of its own of some hundred bytes.
import '../shared/graphql/act.js';
import '../shared/money.js';
import '../shared/pictures.js';
import '../shared/ui/price.js';
import '../shared/ui/top-bar.js';
import './product-card.js';
import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/frame.css';
import '../shared/photos.css';
import './styles/frame.css';
import './styles/goods.css';
import './styles/product.css';
import './styles/trade.css';
import { nameHouse } from '../shared/title.js';
import { App } from './app.js';
import { hadSession, rememberSession } from '../shared/session.js';

/** Whoever has not signed in gets a guest's cookie, and with it a cart. */
const stranger = () => ask('mutation { guestStart { ... on GuestStartPayload { expiresAt } } }');

async function open(root: HTMLElement): Promise<void> {
  readElder();
  await readLocale(() => import('./en.js'));
  nameHouse(t('桃源助农'));
  renewOnReturn(hadSession);
  onOver(() => rememberSession(false));
  const client = makeClient({ stranger, hadSession, lost: tellOver });
  root.textContent = ''; // What the server wrote there for those who run no scripts.
  createRoot(root).render(
    <Provider value={client}>
      <App />
    </Provider>,
  );
  keepForLater();
}

const root = document.getElementById('root');
if (root) void open(root);
