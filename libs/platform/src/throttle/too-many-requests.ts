import type { ThrottleKind } from '#platform/config';

const WHAT: Readonly<Record<ThrottleKind, { readonly zh: string; readonly en: string }>> = {
  ANONYMOUS: { zh: '访问过于频繁', en: 'Too many questions' },
  READ: { zh: '访问过于频繁', en: 'Too many questions' },
  WRITE: { zh: '操作过于频繁', en: 'Too many changes' },
  COSTLY: { zh: '搜索、下单或导出过于频繁', en: 'Too many searches, orders or exports' },
  UPLOAD: { zh: '上传过于频繁', en: 'Too many uploads' },
  SIGN_IN: { zh: '登录尝试过于频繁', en: 'Too many attempts to sign in' },
  MALFORMED: { zh: '无法识别的请求过多', en: 'Too many requests that cannot be read' },
  SOCKET: { zh: '同时打开的实时连接过多', en: 'Too many live connections at once' },
};

/** Whoever asks too much is told so, and when to come back. Nothing was done. */
export class TooManyRequests extends Error {
  readonly zh: string;

  constructor(
    readonly kind: ThrottleKind,
    readonly retryAfterSeconds: number,
  ) {
    super(`${WHAT[kind].en}; try again in ${retryAfterSeconds} s.`);
    this.name = 'TooManyRequests';
    this.zh = `${WHAT[kind].zh}，请在 ${retryAfterSeconds} 秒后再试。`;
  }

  /** What programs read, beside the code. */
  get extensions(): { readonly retryAfterSeconds: number; readonly zh: string } {
    return { retryAfterSeconds: this.retryAfterSeconds, zh: this.zh };
  }
}
