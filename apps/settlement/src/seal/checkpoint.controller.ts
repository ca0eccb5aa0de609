import { Controller, Get, Header, NotFoundException, Param } from '@nestjs/common';
import { type CheckpointRow, SEAL_STREAMS, SealReader, type SealStream, keyText } from '#libs/seal';
import { Public } from '#platform/auth';

const TEXT = 'text/plain; charset=utf-8';

function streamOf(text: string): SealStream {
  const stream = SEAL_STREAMS.find((each) => each.toLowerCase() === text);
  if (!stream) throw new NotFoundException();
  return stream;
}

function noteOf(checkpoint: CheckpointRow | null): string {
  if (!checkpoint) throw new NotFoundException();
  return checkpoint.note;
}

/** Checkpoints as plain text, for everybody: the more people keep one, the less can be rewritten. They hold no data. */
@Controller('checkpoints')
export class CheckpointController {
  constructor(private readonly seals: SealReader) {}

  /** The public keys, the oldest first. */
  @Get('keys')
  @Public()
  @Header('content-type', TEXT)
  async keys(): Promise<string> {
    return (await this.seals.keys()).map((key) => `${keyText(key)}\n`).join('');
  }

  /** Of the books. */
  @Get('latest')
  @Public()
  @Header('content-type', TEXT)
  async latest(): Promise<string> {
    return noteOf(await this.seals.latestCheckpoint('JOURNAL'));
  }

  @Get(':stream/latest')
  @Public()
  @Header('content-type', TEXT)
  async latestOf(@Param('stream') stream: string): Promise<string> {
    return noteOf(await this.seals.latestCheckpoint(streamOf(stream)));
  }

  @Get(':stream/:day')
  @Public()
  @Header('content-type', TEXT)
  async ofDay(@Param('stream') stream: string, @Param('day') day: string): Promise<string> {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
    return noteOf(isDay ? await this.seals.checkpointOf(streamOf(stream), day) : null);
  }
}
