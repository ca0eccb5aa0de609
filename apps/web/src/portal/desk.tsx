import type { ResultOf } from 'gql.tada';
import { type ComponentType, type ReactNode, createContext, useContext, useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../shared/i18n.js';
import { hadSession, rememberSession } from '../shared/session.js';
import { useOver } from '../shared/session-over.js';
import { Empty, Failure } from '../shared/ui/states.js';
import { DESK } from './account.documents.js';
import { lastMerchant, rememberMerchant } from './last-merchant.js';
import { SignIn } from './sign-in.js';
import { Waiting } from './waiting.js';

type Answer = ResultOf<typeof DESK>;
type OwnMerchant = Answer['merchants'][number];

/** Who works here, and for which merchant. */
export interface Desk {
  readonly viewer: NonNullable<Answer['viewer']>;
  readonly merchants: readonly OwnMerchant[];
  readonly merchant: OwnMerchant;
  /** Money is its owner's alone. */
  readonly isOwner: boolean;
  readonly choose: (merchantId: string) => void;
}

const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('Nobody is signed in here.');
  return desk;
}

/** Whoever was signed in until now signs in again where they are: what they have typed is kept. */
function Over() {
  if (!useOver()) return null;
  const again = () => {
    rememberSession(false);
    location.reload();
  };
  return (
    <p className="offline is-over" role="status">
      {t('登录过期了，写好的都留着。')}
      <button type="button" className="chip" onClick={again}>
        {t('重新登录')}
      </button>
    </p>
  );
}

interface DeskDoorProps {
  /** For whoever has signed in and works for no merchant. */
  readonly newcomer: ComponentType;
  readonly children: ReactNode;
}

/** Lets in whoever works for a merchant; everybody else signs in first, where they are: the address stays. */
export function DeskDoor({ newcomer: Newcomer, children }: DeskDoorProps) {
  const [{ data, error }, again] = useQuery({ query: DESK, variables: {}, pause: !hadSession() });
  const [chosen, setChosen] = useState(lastMerchant);
  const code = error?.graphQLErrors[0]?.extensions['code'];
  if (!hadSession() || code === 'UNAUTHENTICATED' || data?.viewer === null) return <SignIn />;
  if (code === 'FORBIDDEN' || data?.merchants.length === 0) return <Newcomer />;
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </main>
    );
  const viewer = data?.viewer;
  const merchants = data?.merchants ?? [];
  const merchant = merchants.find(({ id }) => id === chosen) ?? merchants[0];
  if (!viewer || !merchant) return <Waiting />;
  const isOwner = viewer.grants.some(
    ({ role, scopeId }) => role === 'MERCHANT_OWNER' && scopeId === merchant.id,
  );
  const choose = (id: string) => {
    rememberMerchant(id);
    setChosen(id);
  };
  return (
    <DeskContext.Provider value={{ viewer, merchants, merchant, isOwner, choose }}>
      <Over />
      {children}
    </DeskContext.Provider>
  );
}

interface OwnerOnlyProps {
  /** Whom to ask, where it is not about money. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** Pages for a merchant's owner; others are told whom to ask. */
export function OwnerOnly({ title, children }: OwnerOnlyProps) {
  const { isOwner } = useDesk();
  if (isOwner) return <>{children}</>;
  return (
    <Empty
      icon={title === undefined ? 'coin' : 'hall'}
      title={title ?? t('钱款只有负责人看得到。要查账，请找合作社负责人。')}
    />
  );
}
