import { Module } from '@nestjs/common';
import { ReportingModule } from '#libs/reporting';
import { PublicVolumeResolver } from './public-volume.resolver.js';

@Module({ imports: [ReportingModule], providers: [PublicVolumeResolver] })
export class VolumeDoorModule {}
