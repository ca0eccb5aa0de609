import { Injectable } from '@nestjs/common';
import { HOUR_MS } from '#libs/kernel';
import { PhotoService } from '#platform/files';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class FilesSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(photos: PhotoService) {
    this.all = [{ name: 'sweep-photos', everyMs: HOUR_MS, work: () => photos.sweepUnattached(BATCH_MAX) }];
  }
}
