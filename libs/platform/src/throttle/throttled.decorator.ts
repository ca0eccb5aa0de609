import { SetMetadata } from '@nestjs/common';
import type { ThrottleKind } from '#platform/config';

export const THROTTLED = 'taoyuan:throttled';

/** What an operation counts as, where that is not plainly a read or a write. */
export const Throttled = (kind: ThrottleKind) => SetMetadata(THROTTLED, kind);

/** Never refused for coming often: whoever calls is known by a signature, and what is refused would be lost. */
export const Unthrottled = () => SetMetadata(THROTTLED, null);
