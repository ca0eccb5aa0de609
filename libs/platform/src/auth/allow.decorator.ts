import { SetMetadata } from '@nestjs/common';
import type { Permission } from './permission.js';

export const ALLOWED = 'taoyuan:allowed';
export const PUBLIC = 'PUBLIC';

/** Who may call this operation. An operation that says neither `@Allow` nor `@Public` is refused to everyone. */
export const Allow = (permission: Permission) => SetMetadata(ALLOWED, permission);

/** Anybody, signed in or not. */
export const Public = () => SetMetadata(ALLOWED, PUBLIC);
