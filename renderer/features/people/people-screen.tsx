import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { Page, PageTabs } from '../../ui/frame/page.tsx';
import { Office } from './office.tsx';
import { StaffList } from './staff-list.tsx';
import { UserList } from './user-list.tsx';

const TABS = ['staff', 'users', 'office'] as const;

/** Who works here (staff: borrows, reports, owns customers) and who signs in (users: an own secret), and the keeper's office. */
export function PeopleScreen() {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const tab = TABS.find((one) => one === place.tab) ?? 'staff';
  return (
    <Page
      title={t('screen.people')}
      body="fill"
      lead={
        <PageTabs
          label={t('screen.people')}
          tabs={TABS.map((id) => ({ id, label: t(`people.tab.${id}`) }))}
          value={tab}
          onChange={(next) => replace({ tab: next })}
        />
      }
    >
      {tab === 'staff' && <StaffList />}
      {tab === 'users' && <UserList />}
      {tab === 'office' && <Office />}
    </Page>
  );
}
