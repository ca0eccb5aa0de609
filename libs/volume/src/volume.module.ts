import { Module } from '@nestjs/common';
import { VolumeCubeReader } from './volume-cube.reader.js';
import { VolumeFactRepository } from './volume-fact.repository.js';
import { VolumeFactService } from './volume-fact.service.js';
import { VolumeRollupRepository } from './volume-rollup.repository.js';
import { VolumeRollupService } from './volume-rollup.service.js';
import { VolumeReader } from './volume.reader.js';

@Module({
  providers: [
    VolumeCubeReader,
    VolumeFactRepository,
    VolumeFactService,
    VolumeRollupRepository,
    VolumeRollupService,
    VolumeReader,
  ],
  exports: [VolumeCubeReader, VolumeFactService, VolumeRollupService, VolumeReader],
})
export class VolumeModule {}
