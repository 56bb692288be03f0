import { useState } from 'react';
import { CARD_KINDS, type CardKind } from '../../../shared/domain/form-fields.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { CardDetail } from './card-detail.tsx';
import { CardList } from './card-list.tsx';
import { CardViews } from './card-views.tsx';
import { LatenessList } from './lateness-list.tsx';
import { NewCard } from './new-card.tsx';
import { QuickLook } from './quick-look.tsx';
import { ReviewList } from './review-list.tsx';
import styles from './screen.module.css';

const VIEWS = ['list', 'review', 'lateness'] as const;

/** Customer cards: the list, and beside it the open card (C1–C6). */
export function CardsScreen() {
  const { t } = useText();
  const place = usePlace();
  const { go, replace } = useNavigate();
  const mayAdd = useActingRole() === 'keeper';
  const [looking, setLooking] = useState<string | null>(null);
  const { number, params } = place;
  const newKind = CARD_KINDS.find((kind) => kind === params?.['new']);
  const openNew = (kind: CardKind): void => go({ screen: 'cards', params: { ...params, new: kind } });
  const { new: _new, ...filters } = params ?? {};
  const close = (): void => go({ screen: 'cards', params: filters });
  const detail = newKind !== undefined || number !== undefined;

  const view = VIEWS.find((one) => one === params?.['view']) ?? 'list';
  return (
    <div className={detail ? styles.split : styles.whole}>
      {view === 'list' ? (
        <CardList
          narrow={detail}
          openNumber={newKind === undefined ? number : undefined}
          mayAdd={mayAdd}
          onOpen={(next) =>
            detail ? replace({ number: next, params: filters }) : go({ screen: 'cards', number: next, params: filters })
          }
          onNew={openNew}
          onLook={setLooking}
        />
      ) : (
        <section className={styles.list} aria-label={t(`cards.view.${view}`)}>
          <header className={styles.listHead}>
            <CardViews narrow={detail} />
          </header>
          {view === 'review' ? <ReviewList narrow={detail} openNumber={number} /> : <LatenessList />}
        </section>
      )}
      {detail && (
        <section className={styles.side} aria-label={t('cards.card')}>
          {newKind !== undefined && mayAdd ? (
            <NewCard
              key={newKind}
              kind={newKind}
              onGivenBack={close}
              onKind={(kind) => replace({ params: { ...params, new: kind } })}
            />
          ) : (
            number !== undefined && <CardDetail key={number} number={number} onClose={close} />
          )}
        </section>
      )}
      {looking !== null && (
        <QuickLook
          number={looking}
          onClose={() => setLooking(null)}
          onOpen={() => {
            setLooking(null);
            go({ screen: 'cards', number: looking, params: filters });
          }}
        />
      )}
    </div>
  );
}
