import { Module } from '@nestjs/common';
import { LiveVolumeReader } from './live-volume.reader.js';
import { LiveVolumeService } from './live-volume.service.js';

/** Apart from the register, which needs no Redis. */
@Module({ providers: [LiveVolumeReader, LiveVolumeService], exports: [LiveVolumeService] })
export class LiveVolumeModule {}
