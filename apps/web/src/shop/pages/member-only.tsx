import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import type { IconName } from '../../shared/ui/icon.js';
import { Empty, Failure, Skeleton } from '../../shared/ui/states.js';
import { VIEWER } from '../account.documents.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { signInPath } from '../sign-in-path.js';
import { hadSession } from '../../shared/session.js';

interface MemberOnlyProps {
  readonly title: string;
  readonly icon: IconName;
  /** Why one has to sign in. */
  readonly why: string;
  readonly path: string;
  readonly children: ReactNode;
}

/** What somebody has only once they have signed in; and how, for whoever has not. */
export function MemberOnly({ title, icon, why, path, children }: MemberOnlyProps) {
  const [{ data, error, fetching }, again] = useQuery({ query: VIEWER, variables: {}, pause: !hadSession() });
  const isMember = hadSession() && Boolean(data?.viewer);
  const isAsking = hadSession() && fetching && !data;
  // Nobody was reached: that is no word on who one is.
  const isUnknown = hadSession() && error !== undefined && !isAsking;
  return (
    <>
      <TopBar title={title} />
      <main id="main" className="page is-narrow">
        {isMember && children}
        {isAsking && <Skeleton className="is-picture" count={2} />}
        {isUnknown && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
        {!isMember && !isAsking && !isUnknown && (
          <Empty icon={icon} title={why}>
            <Link className="button" href={signInPath(path)}>
              {t('登录')}
            </Link>
          </Empty>
        )}
      </main>
    </>
  );
}
