import { t } from '../../shared/i18n.js';

/** Kilograms as they are told: 12.5, and no more places than a scale has. */
export const kgOf = (grams: number): string => String(Math.round(grams / 100) / 10);

/** As a phone's number pad gives it. */
export const decimals = (text: string): string => text.replace(/[^\d.]/g, '');

export const gramsOf = (kg: string): number => Math.round(Number(kg) * 1_000);

/** In fours, as it is printed. */
export const grouped = (code: string): string =>
  /^[0-9A-Z]{11}$/.test(code) ? `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}` : code;

export type Advice = 'DO_NOT_EAT' | 'THROW_AWAY' | 'SEND_BACK';

export const adviceWord = (advice: Advice): string =>
  ({
    DO_NOT_EAT: t('先别吃，等通知'),
    THROW_AWAY: t('直接扔掉'),
    SEND_BACK: t('寄回来'),
  })[advice];

export const orderWord = (state: string): string => {
  const words: Readonly<Record<string, string>> = {
    UNPAID: t('没付钱'),
    TO_SHIP: t('等着发'),
    PARTLY_SHIPPED: t('发了一部分'),
    SHIPPED: t('路上'),
    RECEIVED: t('收到了'),
    COMPLETED: t('完成了'),
  };
  return words[state] ?? state;
};

/** `day` and so many days later. */
export const daysLater = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
