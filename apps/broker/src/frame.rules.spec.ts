import { FrameGauge, PACKET_BYTES_MAX } from './frame.rules.js';

/** A packet's type and the length that it announces. */
function header(length: number): number[] {
  const bytes: number[] = [];
  let rest = length;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return [0x30, ...bytes];
}
const packet = (length: number) => Uint8Array.from([...header(length), ...new Uint8Array(length)]);
const PING = Uint8Array.from([0xc0, 0]);

it.each([
  ['a packet without a body', [PING, PING], true],
  ['one as long as it may be', [packet(PACKET_BYTES_MAX)], true],
  ['many in one piece', [Uint8Array.from([...packet(5), ...PING, ...packet(200)])], true],
  ['one that is longer', [packet(PACKET_BYTES_MAX + 1)], false],
  ['one that only says it will be', [Uint8Array.from(header(268_435_455))], false],
  ['one that says so after others', [packet(300), PING, Uint8Array.from(header(1_000_000))], false],
  ['a length that never ends', [Uint8Array.from([0x10, 0xff, 0xff, 0xff, 0xff])], false],
])('%s: %j', (_, chunks, expected) => {
  const gauge = new FrameGauge();
  expect(chunks.every((chunk) => gauge.takes(chunk))).toBe(expected);
});

it('reads the same byte by byte', () => {
  const bytes = [...packet(300), ...PING, ...packet(PACKET_BYTES_MAX), ...header(PACKET_BYTES_MAX + 1)];
  const gauge = new FrameGauge();

  const taken = bytes.map((byte) => gauge.takes(Uint8Array.of(byte)));

  expect(taken.indexOf(false)).toBe(bytes.length - 1);
});
