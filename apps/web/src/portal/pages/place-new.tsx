import { useLocation } from 'wouter';
import { t } from '../../shared/i18n.js';
import { TopBar } from '../../shared/ui/top-bar.js';
import { ProposalForm } from '../place/proposal-form.js';
import { PlaceOwner } from '../place/place-owner.js';

/** A pavilion or a zone that one would like to run. */
export default function PlaceNew() {
  const [, go] = useLocation();
  return (
    <>
      <TopBar title={t('申报新点')} />
      <main id="main" className="page is-narrow">
        <PlaceOwner>
          <ProposalForm place={null} saved={(id) => go(`/places/${id}`, { replace: true })} />
        </PlaceOwner>
      </main>
    </>
  );
}
