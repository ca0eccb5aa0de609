import type { ReactNode } from 'react';
import { t } from '../../shared/i18n.js';
import { OwnerOnly } from '../desk.js';

/** What is done about pavilions and zones is its owner's; others are told whom to ask. */
export function PlaceOwner({ children }: { children: ReactNode }) {
  return <OwnerOnly title={t('专馆和专区的事，由负责人来办。')}>{children}</OwnerOnly>;
}
