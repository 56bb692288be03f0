import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { PageTabs } from '../../ui/frame/page.tsx';
import styles from './screen.module.css';

const VIEWS = ['list', 'review', 'lateness'] as const;

/** The ways to go about the cards: all of them, the supervisor's guidance, how soon they are filled in after visits. */
export function CardViews({ narrow }: { readonly narrow: boolean }) {
  const { t } = useText();
  const { go } = useNavigate();
  const { params = {} } = usePlace();
  const { view = 'list', ...others } = params;
  return (
    <>
      <h1 className={styles.title}>{t('cards.title')}</h1>
      {!narrow && (
        <div className={styles.views}>
          <PageTabs
            label={t('cards.views')}
            tabs={VIEWS.map((id) => ({ id, label: t(`cards.view.${id}`) }))}
            value={view}
            onChange={(id) => go({ screen: 'cards', params: id === 'list' ? others : { ...others, view: id } })}
          />
        </div>
      )}
    </>
  );
}
