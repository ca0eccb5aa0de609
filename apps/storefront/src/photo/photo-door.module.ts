import { Module } from '@nestjs/common';
import { OrderingModule } from '#libs/ordering';
import { PhotoController } from './photo.controller.js';

@Module({ imports: [OrderingModule], controllers: [PhotoController] })
export class PhotoDoorModule {}
