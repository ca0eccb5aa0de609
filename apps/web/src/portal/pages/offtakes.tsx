import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { List } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { Offtakes } from '../place/offtake-card.js';
import { PlaceNav } from '../place/place-nav.js';
import { PlaceOwner } from '../place/place-owner.js';

/** What an operator has bought outright for its places: told apart, and never volume. */
export default function OfftakesPage() {
  return (
    <>
      <TopBar title={t('收购')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <PlaceNav at="offtakes" />
          <div className="panels">
            <p className="notice">
              {t('收购只单独记一笔，不算销量。您再卖出去的，写进“报销售”，那时才算，只算一次。')}
            </p>
            <Link className="button is-large is-wide" href="/offtakes/new">
              <Icon name="plus" />
              {t('记一笔收购')}
            </Link>
            <List
              show={(place) => (
                <Offtakes
                  {...place}
                  side="OPERATOR"
                  state={null}
                  empty={<Empty icon="receipt" title={t('还没有记过收购。')} />}
                />
              )}
            />
          </div>
        </PlaceOwner>
      </main>
    </>
  );
}
