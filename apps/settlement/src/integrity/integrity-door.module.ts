import { Module } from '@nestjs/common';
import { IntegrityModule } from '#libs/integrity';
import { VolumeModule } from '#libs/volume';
import { IntegrityFlagResolver } from './integrity-flag.resolver.js';

@Module({ imports: [IntegrityModule, VolumeModule], providers: [IntegrityFlagResolver] })
export class IntegrityDoorModule {}
