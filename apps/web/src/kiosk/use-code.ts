import { useEffect, useState } from 'react';
import { issueCode } from './ask.js';
import type { ScreenKey } from './screen-key.js';

/** Another one long before the last is over. */
const EVERY_MS = 30_000;

/** Who got no answer asks again soon: nobody can buy meanwhile. */
const AGAIN_MS = 5_000;

export interface Code {
  /** What to draw; null while there is none that is good. */
  readonly link: string | null;
  /** Counts the codes that were shown: each has its half minute. */
  readonly number: number;
  /** Why there is none: this machine is not let in. */
  readonly isRefused: boolean;
}

const NONE: Code = { link: null, number: 0, isRefused: false };

/** The code on the screen, for as long as something may be bought. It goes when it is over, by the time that has passed and not by the machine's clock. */
export function useCode(cabinetId: string | null, key: ScreenKey | null): Code {
  const [code, setCode] = useState(NONE);
  const { credentialId, secret } = key ?? { credentialId: '', secret: '' };
  useEffect(() => {
    setCode(NONE);
    if (cabinetId === null || credentialId === '') return undefined;
    let isOver = false;
    let next: ReturnType<typeof setTimeout>;
    let end: ReturnType<typeof setTimeout>;
    const show = async () => {
      const issued = await issueCode({ cabinetId, credentialId, secret });
      if (isOver) return;
      const isGood = issued?.__typename === 'KioskCodeIssuePayload';
      if (isGood) {
        clearTimeout(end);
        end = setTimeout(() => setCode((last) => ({ ...last, link: null })), issued.goodForSeconds * 1_000);
        setCode(({ number }) => ({ link: issued.link, number: number + 1, isRefused: false }));
      } else if (issued) setCode((last) => ({ ...last, link: null, isRefused: true }));
      next = setTimeout(() => void show(), isGood ? EVERY_MS : AGAIN_MS);
    };
    void show();
    return () => {
      isOver = true;
      clearTimeout(next);
      clearTimeout(end);
    };
  }, [cabinetId, credentialId, secret]);
  return code;
}
