import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { LiveVolumeModule, VolumeModule } from '#libs/volume';
import { LiveChannelResolver, LiveCountyResolver, LiveSaleResolver } from './live-names.resolver.js';
import { VolumeEffectResolver } from './volume-effect.resolver.js';
import { VolumeLiveResolver } from './volume-live.resolver.js';
import { VolumeRowResolver } from './volume-row.resolver.js';
import { VolumeResolver } from './volume.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, VolumeModule, LiveVolumeModule],
  providers: [
    VolumeResolver,
    VolumeEffectResolver,
    VolumeRowResolver,
    VolumeLiveResolver,
    LiveCountyResolver,
    LiveChannelResolver,
    LiveSaleResolver,
  ],
})
export class VolumeDoorModule {}
