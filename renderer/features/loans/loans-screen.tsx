import { useCallback, useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { BreachPane } from './breach-pane.tsx';
import { Counter } from './counter.tsx';
import { type BlankForm, type CounterState, stageOf } from './counter-state.ts';
import { LoanLists } from './loan-lists.tsx';
import styles from './loans.module.css';

/** Lending and taking back (B1–B3): the counter at the left, the lists at the right. */
export function LoansScreen() {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const mayLend = useActingRole() === 'keeper';
  const [state, setState] = useState<CounterState>({ stage: 'waiting' });
  const [blank, setBlank] = useState<BlankForm | null>(null);

  const ask = useCallback((code: string) => {
    // Case numbers are scanned too: they open their case.
    if (/^WG-/u.test(code)) return setState({ stage: 'breach', number: code });
    setState({ stage: 'asking', code });
    archive.call('loans.proposal', { code }).then(
      (proposal) =>
        setState((former) => (former.stage === 'asking' && former.code === code ? stageOf(proposal) : former)),
      (thrown: unknown) =>
        setState((former) =>
          former.stage === 'asking' && former.code === code
            ? { stage: 'failed', code, error: AppError.from(thrown) }
            : former,
        ),
    );
  }, []);

  // From a binder or the search box: the code comes with the place.
  const sent = place.params?.['code'] ?? place.number;
  useEffect(() => {
    if (sent === undefined || !mayLend) return;
    const { code: _code, ...params } = place.params ?? {};
    replace({ number: undefined, params });
    ask(sent);
  }, [sent, mayLend, place.params, replace, ask]);

  return (
    <div className={styles.screen}>
      <section className={styles.counter} aria-label={t('loans.counter')}>
        <h1 className={styles.title}>{t('loans.title')}</h1>
        {mayLend ? (
          <Counter state={state} blank={blank} onState={setState} onAsk={ask} onBlank={setBlank} />
        ) : state.stage === 'breach' ? (
          <div className={styles.stage}>
            <BreachPane key={state.number} number={state.number} onBack={() => setState({ stage: 'waiting' })} />
          </div>
        ) : (
          <p className={styles.soft}>{t('loans.keeperOnly')}</p>
        )}
      </section>
      <LoanLists
        mayLend={mayLend}
        onOpen={ask}
        onBreach={(number) => setState({ stage: 'breach', number })}
        onKeyIn={(next) => {
          setBlank(next);
          setState({ stage: 'waiting' });
        }}
      />
    </div>
  );
}
