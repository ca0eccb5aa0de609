import { t } from '../../shared/i18n.js';
import { Table } from '../charts/table.js';
import { useDesk } from '../desk.js';
import { listed } from '../figures.js';
import { menuFor } from '../menu.js';
import { useTitle } from '../title.js';
import { Section } from '../ui.js';
import { roleWord } from '../words.js';

/** Who one is here, in which office, and what that opens. */
export default function Me() {
  useTitle(t('我的岗位'));
  const { viewer, divisions, may } = useDesk();
  const nameOf = (scopeId: string) =>
    scopeId === '*' ? t('全平台') : (divisions.find(({ code }) => code === scopeId)?.name ?? scopeId);
  return (
    <main id="main" className="page">
      <header className="page-head">
        <h1>{viewer.displayName}</h1>
        <p>{viewer.phone}</p>
      </header>
      <Section title={t('我的岗位')} note={t('变动后十分钟内生效')}>
        <Table
          caption={t('我的岗位')}
          rows={viewer.grants.filter(({ scopeKind }) => scopeKind !== 'MERCHANT')}
          keyOf={({ role, scopeId }) => `${role} ${scopeId}`}
          columns={[
            { name: t('岗位'), cell: ({ role }) => roleWord(role) },
            { name: t('范围'), cell: ({ scopeId }) => nameOf(scopeId) },
          ]}
        />
      </Section>
      <Section title={t('这个岗位能办的')} note={t('其他的由别的岗位办，这里不显示')}>
        {menuFor(may).length === 0 ? (
          <p className="note">{t('这个岗位的事在商家端和村里办，这里还没有。')}</p>
        ) : (
          <Table
            caption={t('这个岗位能办的')}
            rows={menuFor(may)}
            keyOf={({ name }) => name}
            columns={[
              { name: t('类别'), cell: ({ name }) => name },
              { name: t('事项'), cell: ({ items }) => listed(items.map((item) => item.name)) },
            ]}
          />
        )}
      </Section>
    </main>
  );
}
