import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { FileGateway } from '#platform/files';

/** The files that were brought, as they were, as long as their rows are kept. */
@Injectable()
export class SheetBytesService {
  constructor(
    private readonly database: Database,
    private readonly files: FileGateway,
  ) {}

  async keep(bytes: Buffer): Promise<string> {
    const { sha256 } = await this.files.keep(Readable.from([bytes]));
    return sha256;
  }

  /** The same bytes may have been swept away, as an older import's, before a note of them was seen. */
  async keepAgain(sha256: string, bytes: Buffer): Promise<void> {
    if (!(await this.files.has(sha256))) await this.keep(bytes);
  }

  open(sha256: string): Promise<Readable | null> {
    return this.files.open(sha256);
  }

  letGo(sha256: string): Promise<void> {
    return this.files.remove(sha256, async () => {
      const [row] = await this.database.query<{ isWanted: number }>(
        'SELECT EXISTS (SELECT 1 FROM sheet_import WHERE file_sha256 = ?) AS isWanted',
        [sha256],
      );
      return Number(row?.isWanted) === 1;
    });
  }
}
