import { SealQueueService } from '#libs/seal';
import { SealRepository } from '../../libs/seal/src/seal.repository.js';

/** For rooms that are put together by hand. */
export function sealQueue(): SealQueueService {
  return new SealQueueService(new SealRepository());
}
