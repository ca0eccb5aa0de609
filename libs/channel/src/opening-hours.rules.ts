const HOURS = /^([01]?\d|2[0-3]):([0-5]\d)-(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)$/;
const SHANGHAI_OFFSET_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;

/**
 * Whether it is open at that moment, by hours as people write them: 09:00-21:00, 00:00-24:00, 18:00-02:00. Null where nobody has said, or not
 * like that.
 */
export function isOpenAt(openingHours: string | null, at: Date): boolean | null {
  const parts = HOURS.exec(openingHours?.trim() ?? '');
  if (!parts) return null;
  const [, fromHour, fromMinute, toHour = '24', toMinute = '00'] = parts;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  const now = (Math.floor(at.getTime() / 60_000) + SHANGHAI_OFFSET_MINUTES) % DAY_MINUTES;
  return from <= to ? now >= from && now < to : now >= from || now < to;
}
