import { type ReactNode, useEffect, useRef } from 'react';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';

/** Something that is laid over the screen, and put away by a finger, Escape, or nobody's being there. */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog
      ref={sheet}
      className="sheet"
      aria-label={title}
      onClose={close}
      onClick={(event) => {
        if (event.target === sheet.current) close(); // Beside it.
      }}
    >
      <div className="sheet-head">
        <h2>{title}</h2>
        <button type="button" className="close" aria-label={t('关上')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
