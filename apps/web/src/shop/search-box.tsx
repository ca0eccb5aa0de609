import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';
import { SUGGEST } from './suggest.documents.js';

/** Long enough that a word is asked once and not letter by letter. */
const PAUSE_MS = 180;

/** In Chinese, pinyin or initials; offers what one may be about to say. */
export function SearchBox({ said = '' }: { said?: string }) {
  const listId = useId();
  const [, go] = useLocation();
  const [text, setText] = useState(said);
  const [asked, setAsked] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const box = useRef<HTMLFormElement>(null);

  useEffect(() => setText(said), [said]);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', leave);
    return () => removeEventListener('pointerdown', leave);
  }, []);

  const [{ data }] = useQuery({
    query: SUGGEST,
    variables: { query: asked },
    pause: !isOpen || asked === '',
  });
  const offers = isOpen && asked !== '' ? (data?.searchSuggestions ?? []) : [];

  const search = (words: string) => {
    const query = words.trim();
    if (query === '') return;
    setText(query);
    setOpen(false);
    setChosen(-1);
    go(`/search?q=${encodeURIComponent(query)}`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (offers.length === 0 || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    setChosen((now) => (Math.max(now, step < 0 ? 0 : -1) + step + offers.length) % offers.length);
  };

  return (
    <form
      ref={box}
      className="search"
      role="search"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        search(offers[chosen]?.text ?? text);
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        role="combobox"
        aria-expanded={offers.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
        aria-label={t('搜索商品、产地、合作社')}
        placeholder={t('炎陵黄桃、huangtao、yltj')}
        maxLength={60}
        autoComplete="off"
        enterKeyHint="search"
        value={text}
        onFocus={() => setOpen(true)}
        onKeyDown={onKey}
        onInput={(event: FormEvent<HTMLInputElement>) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setChosen(-1);
        }}
      />
      <button type="submit">{t('搜索')}</button>
      <ul
        id={listId}
        className="search-offers"
        role="listbox"
        aria-label={t('搜索建议')}
        hidden={offers.length === 0}
      >
        {offers.map((offer, index) => (
          <li
            key={offer.text}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => search(offer.text)}
          >
            <span>{offer.text}</span>
            <small>{t('{n} 款', { n: offer.productCount })}</small>
          </li>
        ))}
      </ul>
    </form>
  );
}
