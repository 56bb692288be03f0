import { useCallback, useEffect, useState } from 'react';
import { AppError } from '../../../shared/errors/app-error.ts';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate, usePlace } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import styles from './copies.module.css';
import { CopyCounter } from './copy-counter.tsx';
import { CopyLists } from './copy-lists.tsx';
import { type CounterState, cleanCode, isRequestNumber } from './counter-state.ts';

/** Issuing and recovering copies (I1–I3): the counter at the left, the lists at the right. */
export function CopiesScreen() {
  const { t } = useText();
  const place = usePlace();
  const { replace } = useNavigate();
  const mayIssue = useActingRole() === 'keeper';
  const [state, setState] = useState<CounterState>({ stage: 'waiting' });

  const ask = useCallback((typed: string) => {
    const code = cleanCode(typed);
    if (code === '') return;
    setState({ stage: 'asking', code });
    const found = isRequestNumber(code)
      ? archive
          .call('copies.getRequest', { requestNumber: code })
          .then(
            ({ request }): CounterState =>
              request.copyNumber === null
                ? { stage: 'request', requestNumber: request.requestNumber }
                : { stage: 'copy', copyNumber: request.copyNumber },
          )
      : archive
          .call('copies.get', { copyNumber: code })
          .then((copy): CounterState => ({ stage: 'copy', copyNumber: copy.copyNumber }));
    const settle = (next: CounterState) =>
      setState((former) => (former.stage === 'asking' && former.code === code ? next : former));
    found.then(settle, (thrown: unknown) => settle({ stage: 'failed', code, error: AppError.from(thrown) }));
  }, []);

  // From the search box, a card or the desk: the number comes with the place.
  const sent = place.number;
  useEffect(() => {
    if (sent === undefined) return;
    replace({ number: undefined });
    ask(sent);
  }, [sent, replace, ask]);

  return (
    <div className={styles.screen}>
      <section className={styles.counter} aria-label={t('copies.counter')}>
        <h1 className={styles.title}>{t('copies.title')}</h1>
        <CopyCounter state={state} onState={setState} onAsk={ask} mayIssue={mayIssue} />
      </section>
      <CopyLists onOpen={ask} />
    </div>
  );
}
