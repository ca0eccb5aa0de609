import type { ResultOf } from 'gql.tada';
import { type ReactNode, createContext, useContext } from 'react';
import { useQuery } from 'urql';
import { t } from '../shared/i18n.js';
import { hadSession } from '../shared/session.js';
import { useSignOut } from '../shared/sign-out.js';
import { Link } from 'wouter';
import { Empty, Failure } from '../shared/ui/states.js';
import { DESK, SIGN_OUT } from './account.documents.js';
import { listed } from './figures.js';
import { SignIn } from './sign-in.js';
import { Waiting } from './waiting.js';

type Answer = ResultOf<typeof DESK>;
type OwnDivision = Answer['desk']['divisions'][number];

/** Who works here, what they may, and where. */
export interface Desk {
  readonly viewer: NonNullable<Answer['viewer']>;
  readonly divisions: readonly OwnDivision[];
  readonly isPlatformWide: boolean;
  readonly may: (...permissions: readonly string[]) => boolean;
  /** What their divisions are called together. */
  readonly placeName: string;
  /** Those of them whose volume is theirs to see; what lies in another one is not counted twice. */
  readonly places: readonly OwnDivision[];
}

export const nameOf = (divisions: readonly { readonly name: string }[]): string =>
  listed(divisions.map(({ name }) => name));

const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('Nobody is signed in here.');
  return desk;
}

/** Somebody is signed in, and holds no office. */
function NoOffice() {
  const { leave, isBusy } = useSignOut(SIGN_OUT);
  return (
    <main id="main" className="page">
      <h1 className="hidden">{t('没有岗位')}</h1>
      <Empty icon="hall" title={t('这个手机号还没有岗位。请联系平台运营登记，或换个手机号登录。')}>
        <button type="button" className="button" disabled={isBusy} onClick={leave}>
          {t('换个手机号')}
        </button>
      </Empty>
    </main>
  );
}

/** Everybody who signs in may this; it makes nobody an official. */
const OF_EVERYBODY = new Set(['SHOP', 'BUY', 'ACCOUNT', 'MERCHANT_APPLY']);

/** Lets in whoever holds an office; everybody else signs in first, where they are: the address stays. */
export function DeskDoor({ children }: { children: ReactNode }) {
  const [{ data, error }, again] = useQuery({ query: DESK, variables: {}, pause: !hadSession() });
  const code = error?.graphQLErrors[0]?.extensions['code'];
  if (!hadSession() || code === 'UNAUTHENTICATED' || data?.viewer === null) return <SignIn />;
  if (error && !data)
    return (
      <main id="main" className="page">
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </main>
    );
  const viewer = data?.viewer;
  if (!viewer || !data) return <Waiting />;
  const { permissions, divisions, isPlatformWide } = data.desk;
  const isOfficial = viewer.grants.some(({ scopeKind }) => scopeKind !== 'MERCHANT');
  if (!isOfficial || permissions.every((permission) => OF_EVERYBODY.has(permission))) return <NoOffice />;
  const desk: Desk = {
    viewer,
    divisions,
    isPlatformWide,
    may: (...wanted) => wanted.some((permission) => permissions.includes(permission)),
    placeName: nameOf(divisions),
    places: divisions.filter(({ hasFigures }) => hasFigures),
  };
  return <DeskContext.Provider value={desk}>{children}</DeskContext.Provider>;
}

/** A page for those who may; others are told that it is not for their office. */
export function Only({ may: wanted, children }: { may: string; children: ReactNode }) {
  const { may } = useDesk();
  if (may(wanted)) return <>{children}</>;
  return (
    <main id="main" className="page">
      <h1 className="hidden">{t('没有权限')}</h1>
      <Empty icon="help" title={t('您的岗位不办这件事。要办，请找本级专班或平台运营。')}>
        <Link className="button is-quiet" href="/me">
          {t('看我能办什么')}
        </Link>
      </Empty>
    </main>
  );
}
