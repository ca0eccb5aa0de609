import { useState } from 'react';
import { isElder, setElder } from '../elder.js';
import { isEnglish, setLocale, t } from '../i18n.js';

/** Large letters, where everybody finds them: named after what a touch brings. */
export function ElderSwitch({ large, standard }: { large: string; standard: string }) {
  const [isOn, setOn] = useState(isElder);
  return (
    <button
      type="button"
      className="elder-switch"
      aria-pressed={isOn}
      onClick={() => {
        setElder(!isOn);
        setOn(!isOn);
      }}
    >
      {isOn ? standard : large}
    </button>
  );
}

/** The language of the other readers, in itself. */
export function LocaleSwitch() {
  return (
    <button
      type="button"
      className="locale-switch"
      lang={isEnglish() ? 'zh-CN' : 'en'}
      onClick={() => setLocale(isEnglish() ? 'zh' : 'en')}
    >
      {isEnglish() ? t('中文') : 'English'}
    </button>
  );
}
