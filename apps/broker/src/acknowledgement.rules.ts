/** A message that somebody else's broker has handed to us. */
export interface Handed {
  /** Its number on this line. */
  readonly messageId: number;
  /** `NEVER`: it could not be taken, and is not acknowledged; it comes again. */
  state: 'UNDER_WAY' | 'COMMITTED' | 'NEVER';
}

/** Takes out of the front whatever is over, and says what of it is to be acknowledged: in the order in which it came (MQTT-4.6.0-2), and nothing before what came earlier is over. */
export function acknowledgeable(underWay: Handed[]): number[] {
  const first = underWay.findIndex(({ state }) => state === 'UNDER_WAY');
  const over = underWay.splice(0, first === -1 ? underWay.length : first);
  return over.filter(({ state }) => state === 'COMMITTED').map(({ messageId }) => messageId);
}

/** PUBACK of MQTT 3.1.1. */
export function pubackOf(messageId: number): Buffer {
  return Buffer.from([0x40, 0x02, messageId >> 8, messageId & 0xff]);
}
