import { Module } from '@nestjs/common';
import { PhotoController } from './photo.controller.js';

@Module({ controllers: [PhotoController] })
export class PhotoDoorModule {}
