import { Module } from '@nestjs/common';
import { IntegrityModule } from '#libs/integrity';
import { VolumeModule } from '#libs/volume';
import { AppealFileController } from './appeal-file.controller.js';
import { IntegrityFlagResolver } from './integrity-flag.resolver.js';

@Module({
  imports: [IntegrityModule, VolumeModule],
  controllers: [AppealFileController],
  providers: [IntegrityFlagResolver],
})
export class IntegrityDoorModule {}
