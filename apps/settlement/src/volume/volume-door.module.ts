import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { VolumeModule } from '#libs/volume';
import { VolumeRowResolver } from './volume-row.resolver.js';
import { VolumeResolver } from './volume.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, VolumeModule],
  providers: [VolumeResolver, VolumeRowResolver],
})
export class VolumeDoorModule {}
