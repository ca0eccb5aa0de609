import { useQuery } from 'urql';
import { Link } from 'wouter';
import { momentOf } from '../../shared/dates.js';
import { named, t } from '../../shared/i18n.js';
import { pictureOf } from '../../shared/pictures.js';
import { List, ListPart, type Place } from '../../shared/ui/list.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { NOTICES } from '../notice.documents.js';

function Notices(place: Place) {
  const [{ data, error }, again] = useQuery({ query: NOTICES, variables: { after: place.after } });
  return (
    <ListPart
      {...place}
      page={data?.certificationNotices}
      error={error}
      retry={() => again({ requestPolicy: 'network-only' })}
      empty={<Empty icon="certified" title={t('现在没有产品在公示。')} />}
    >
      {data?.certificationNotices.nodes.map((notice) => (
        <Link key={notice.id} href={`/notices/${notice.id}`} className="panel order-card">
          <h2>
            {notice.productName}
            <small>{t('{moment} 截止', { moment: momentOf(notice.noticeTo) })}</small>
          </h2>
          <div className="order-lines">
            <img src={pictureOf(notice.productName, '')} alt="" width="72" height="54" />
            <span>
              {notice.merchantName}
              <small>
                {notice.county.name} · {named({ nameZh: notice.schemeNameZh, nameEn: notice.schemeNameEn })}
              </small>
            </span>
            <span className="tag is-leaf">{t('看一看')}</span>
          </div>
        </Link>
      ))}
    </ListPart>
  );
}

/** What is about to be recognised, for everybody to see. */
export default function NoticesPage() {
  return (
    <>
      <TopBar title={t('认定公示')} />
      <main id="main" className="page is-narrow">
        <div className="panels">
          <p className="panel note">
            {t(
              '产品认定以前，要让大家看一看：谁种的、带动了谁。觉得不对，公示期内谁都可以提，会有人来核实。',
            )}
          </p>
          <List show={(place) => <Notices {...place} />} />
        </div>
      </main>
    </>
  );
}
