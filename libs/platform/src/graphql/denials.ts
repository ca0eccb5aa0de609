import { type Message, NotFound } from '#libs/kernel';
import { Forbidden, Unauthenticated } from '#platform/auth';

/** What is thrown where nobody is told more than that it may not be. */
export interface Denial {
  readonly code: string;
  readonly status: number;
  readonly message: Message;
}

type Kind = new (...args: never[]) => Error;

/** What is thrown says itself in English; here is the same in Chinese. */
const DENIALS = new Map<Kind, Omit<Denial, 'message'> & { readonly zh: string }>([
  [NotFound, { code: 'NOT_FOUND', status: 404, zh: '没有找到，或者不属于您' }],
  [Forbidden, { code: 'FORBIDDEN', status: 403, zh: '您的角色不能进行此操作' }],
  [Unauthenticated, { code: 'UNAUTHENTICATED', status: 401, zh: '请先登录' }],
]);

export function denialOf(error: unknown): Denial | null {
  for (const [type, { zh, ...denial }] of DENIALS)
    if (error instanceof type) return { ...denial, message: { zh, en: error.message } };
  return null;
}

/** Of an id or a cursor that cannot even be compared with ours: whatever the client sent is none, and no fault of ours. */
export const NOT_OURS: Message = {
  zh: '编号或翻页位置含有无效字符',
  en: 'An id or a cursor holds characters that none of ours has.',
};
