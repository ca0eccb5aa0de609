const HOURS = /^([01]?\d|2[0-3]):([0-5]\d)-(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)$/;
const SHANGHAI_OFFSET_MINUTES = 8 * 60;
const DAY_MINUTES = 24 * 60;

interface Hours {
  readonly from: number;
  readonly to: number;
}

/** In minutes of the day. */
function hoursOf(openingHours: string | null): Hours | null {
  const parts = HOURS.exec(openingHours?.trim() ?? '');
  if (!parts) return null;
  const [, fromHour, fromMinute, toHour = '24', toMinute = '00'] = parts;
  return {
    from: Number(fromHour) * 60 + Number(fromMinute),
    to: Number(toHour) * 60 + Number(toMinute),
  };
}

/** When a place is open on a business day: all of it where nobody has said, or not like that. */
export function openSpansOn(
  openingHours: string | null,
  day: string,
): { readonly fromAt: Date; readonly toAt: Date }[] {
  const midnightMs = Date.parse(`${day}T00:00:00+08:00`);
  const span = (from: number, to: number) => ({
    fromAt: new Date(midnightMs + from * 60_000),
    toAt: new Date(midnightMs + to * 60_000),
  });
  const hours = hoursOf(openingHours);
  if (!hours) return [span(0, DAY_MINUTES)];
  const { from, to } = hours;
  if (from <= to) return from < to ? [span(from, to)] : [];
  // Past midnight: the end of the night before, and the beginning of the next.
  return [span(0, to), span(from, DAY_MINUTES)].filter(({ fromAt, toAt }) => fromAt < toAt);
}

/**
 * Whether it is open at that moment, by hours as people write them: 09:00-21:00, 00:00-24:00, 18:00-02:00. Null where nobody has said, or not
 * like that.
 */
export function isOpenAt(openingHours: string | null, at: Date): boolean | null {
  const hours = hoursOf(openingHours);
  if (!hours) return null;
  const { from, to } = hours;
  const now = (Math.floor(at.getTime() / 60_000) + SHANGHAI_OFFSET_MINUTES) % DAY_MINUTES;
  return from <= to ? now >= from && now < to : now >= from || now < to;
}
