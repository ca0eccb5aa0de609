import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { VolumeModule } from '#libs/volume';
import { DeskResolver } from './desk.resolver.js';

@Module({ imports: [DivisionModule, VolumeModule], providers: [DeskResolver] })
export class DeskDoorModule {}
