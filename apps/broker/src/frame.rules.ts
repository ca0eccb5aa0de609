/** A payload as large as one may be, its topic, and some room. */
export const PACKET_BYTES_MAX = 16_384;

const CONTINUES = 0x80;
const LENGTH_BITS = 0x7f;
const LENGTH_BYTES_MAX = 4;

/**
 * Reads the lengths that packets of MQTT announce, as the bytes come in: a parser that waits for a packet of 256 MB keeps all of it, and
 * anybody who can open a connection may announce one before they have signed in.
 */
export class FrameGauge {
  private readonly lengthBytes: number[] = [];
  private isInHeader = true;
  private hasType = false;
  private left = 0;

  /** False as soon as a packet is longer than it may be, or its length is no length. */
  takes(chunk: Uint8Array): boolean {
    let position = 0;
    while (position < chunk.length) {
      if (!this.isInHeader) {
        const taken = Math.min(this.left, chunk.length - position);
        this.left -= taken;
        position += taken;
        if (this.left === 0) this.isInHeader = true;
      } else {
        if (!this.header(chunk[position] ?? 0)) return false;
        position += 1;
      }
    }
    return true;
  }

  private header(byte: number): boolean {
    if (!this.hasType) {
      this.hasType = true;
      return true;
    }
    this.lengthBytes.push(byte & LENGTH_BITS);
    if ((byte & CONTINUES) !== 0) return this.lengthBytes.length < LENGTH_BYTES_MAX;
    this.left = this.lengthBytes.reduceRight((sum, bits) => sum * 128 + bits, 0);
    this.lengthBytes.length = 0;
    this.hasType = false;
    this.isInHeader = this.left === 0;
    return this.left <= PACKET_BYTES_MAX;
  }
}
