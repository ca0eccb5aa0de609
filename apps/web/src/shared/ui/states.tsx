import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import type { Refusal } from '../graphql/act.js';
import { t } from '../i18n.js';
import { Icon, type IconName } from './icon.js';

/** Nothing is here; and what one can do about it. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <Icon name={icon} />
      <p className="state-title">{title}</p>
      {children}
    </div>
  );
}

function sentenceOf(error: CombinedError | undefined): string {
  const [said] = error?.graphQLErrors ?? [];
  const code = said?.extensions['code'];
  if (code === 'TOO_MANY_REQUESTS') return t('操作太频繁了，请稍等片刻再试。');
  if (said && code !== undefined) return said.message;
  return navigator.onLine ? t('没有连上服务，请再试一次。') : t('现在没有网络。连上网络后再试。');
}

/** It went wrong: what, and the next step. */
export function Failure({ error, retry }: { error?: CombinedError | undefined; retry: () => void }) {
  return (
    <div className="state" role="alert">
      <Icon name="cloud" />
      <p className="state-title">{sentenceOf(error)}</p>
      <button type="button" className="button" onClick={retry}>
        {t('再试一次')}
      </button>
    </div>
  );
}

/** Grey shapes of what is coming, as large as it will be, so that nothing jumps. */
export function Skeleton({ className = '', count = 1 }: { className?: string; count?: number }) {
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={`skeleton ${className}`} aria-hidden="true" />
      ))}
    </>
  );
}

/** What was refused, in the server's own words. */
export function RefusalNote({ refusal }: { refusal: Pick<Refusal, 'message' | 'fields'> | null }) {
  if (!refusal) return null;
  const { message, fields = [] } = refusal;
  return (
    <p className="refusal" role="alert">
      {fields.length === 0 ? message : fields.map((field) => field.message).join(' ')}
    </p>
  );
}
