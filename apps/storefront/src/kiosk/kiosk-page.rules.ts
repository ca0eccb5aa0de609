import type { PageHead, PageOptions } from '#platform/web';

const NAME = '消费帮扶智能专柜';

interface KioskAnswer {
  readonly kioskAt: {
    readonly placeName: string;
    readonly address: string;
    readonly slots: readonly { readonly code: string; readonly productName: string }[];
  } | null;
}

/** Machines open it, and whoever wants to see from home what a counter has; search engines need not. */
export function kioskHead(answer: KioskAnswer | null): PageHead {
  const kiosk = answer?.kioskAt;
  if (!kiosk) return { title: NAME, description: NAME, isMissing: answer !== null, isUnlisted: true };
  return {
    title: `${kiosk.placeName} · ${NAME}`,
    description: `${kiosk.placeName}，${kiosk.address}`,
    text: [
      kiosk.placeName,
      kiosk.address,
      ...kiosk.slots.map(({ code, productName }) => `${code} ${productName}`),
    ],
    isUnlisted: true,
  };
}

/** The screen of a cabinet, by the place where it stands. */
export const KIOSK: PageOptions = {
  name: 'kiosk',
  shell: { lang: 'zh-CN', themeColor: '#0f3d29', icon: 'mark.svg' },
  routes: [
    {
      path: '/kiosk/:counterId',
      asks: ({ counterId }) => [{ document: 'kiosk-at', variables: { counterId } }],
      head: ([answer]) => kioskHead(answer as KioskAnswer | null),
    },
  ],
};
