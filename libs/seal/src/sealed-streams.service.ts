import { present } from '#libs/kernel';
import type { SealStream } from './seal.entity.js';
import type { SealedStream } from './sealed-stream.gateway.js';

/** The streams that are sealed together. */
export class SealedStreams {
  constructor(readonly all: readonly SealedStream[]) {}

  of(stream: SealStream): SealedStream {
    return present(
      this.all.find((each) => each.stream === stream),
      `the stream ${stream}`,
    );
  }
}
