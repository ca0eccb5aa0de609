import { Injectable } from '@nestjs/common';
import { HOUR_MS } from '#libs/kernel';
import { StoredFileService } from '#platform/files';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class FilesSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(files: StoredFileService) {
    this.all = [{ name: 'sweep-files', everyMs: HOUR_MS, work: () => files.sweepUnattached(BATCH_MAX) }];
  }
}
