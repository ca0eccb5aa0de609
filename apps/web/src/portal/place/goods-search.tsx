import type { ResultOf } from 'gql.tada';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { RANGE_GOODS } from '../range.documents.js';

export type Goods = ResultOf<typeof RANGE_GOODS>['rangeGoods']['nodes'][number];

/** As much as a search takes. */
const TEXT_MAX = 60;

interface SearchProps {
  readonly placeId: string;
  readonly show: (goods: Goods) => ReactNode;
}

function Found({ placeId, text, show, ...place }: SearchProps & Place & { text: string }) {
  const [{ data, error }, again] = useQuery({
    query: RANGE_GOODS,
    variables: { placeId, text, after: place.after },
    requestPolicy: 'cache-and-network',
  });
  return (
    <ListPart
      {...place}
      page={data?.rangeGoods}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="search" title={t('没有找到。换个说法，写产地或者商家也行。')} />}
    >
      {data?.rangeGoods.nodes.map((goods) => show(goods))}
    </ListPart>
  );
}

/** Goods on sale, by name, origin or seller; what sells most until something is looked for. */
export function GoodsSearch({ placeId, show }: SearchProps) {
  const [typed, type] = useState('');
  const [text, look] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(typed.trim());
  };
  return (
    <>
      <form className="panel form" role="search" onSubmit={submit}>
        <label className="field">
          <span>{t('找货')}</span>
          <span className="field-with">
            <input
              type="search"
              enterKeyHint="search"
              autoComplete="off"
              maxLength={TEXT_MAX}
              placeholder={t('黄桃、茶叶、茶陵…')}
              value={typed}
              onInput={(event) => type(event.currentTarget.value)}
            />
            <button type="submit" className="button is-quiet">
              <Icon name="search" />
              {t('找')}
            </button>
          </span>
        </label>
      </form>
      <List
        key={`${placeId} ${text}`}
        show={(place) => <Found {...place} placeId={placeId} text={text} show={show} />}
      />
    </>
  );
}
