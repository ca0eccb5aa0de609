import { useLocation } from 'wouter';
import { t } from '../../shared/i18n.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { OwnerOnly } from '../desk.js';
import { AgreementForm } from '../linkage/agreement-form.js';

/** Another agreement, as a draft. */
export default function LinkageNew() {
  const [, go] = useLocation();
  return (
    <>
      <TopBar title={t('签一份新协议')} />
      <main id="main" className="page is-narrow">
        <OwnerOnly>
          <AgreementForm agreement={null} saved={(id) => go(`/linkage/${id}`, { replace: true })} />
        </OwnerOnly>
      </main>
    </>
  );
}
