import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { isComposing } from '../../state/ime.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import styles from './binder.module.css';
import { type Dossier, type RowAct, typesOf } from './dossier-types.ts';

/** Reasons that are often right, offered while typing. */
const REASONS: Readonly<Record<RowAct['kind'], readonly string[]>> = {
  move: ['dossiers.reason.misfiled', 'dossiers.reason.reclassified'],
  removed: ['dossiers.reason.sentBack', 'dossiers.reason.duplicate', 'dossiers.reason.wrongCustomer'],
  superseded: ['dossiers.reason.newVersion', 'dossiers.reason.renewed'],
  putBack: ['dossiers.reason.cameBack', 'dossiers.reason.inError'],
  waive: ['dossiers.reason.threeInOne', 'dossiers.reason.noSuchDealing'],
};

/** An act on a row, in the row: what is to happen, its reason, once (D7). Enter does it, Esc gives it back. */
export function RowActForm({
  act,
  dossier,
  onDone,
}: {
  readonly act: RowAct;
  readonly dossier: Dossier;
  readonly onDone: () => void;
}) {
  const { t } = useText();
  const id = useId();
  const [reason, setReason] = useState('');
  const [to, setTo] = useState(act.kind === 'move' ? act.to : '');
  const [sought, setSought] = useState(act.kind === 'move' ? act.to : '');
  const [by, setBy] = useState('');
  const [waiver, setWaiver] = useState<'mergedIntoLicence' | 'notApplicable'>(
    act.kind === 'waive' && act.type === 'taxRegistration' ? 'mergedIntoLicence' : 'notApplicable',
  );
  const change = useArchiveCommand('dossiers.changePaper');
  const takeOut = useArchiveCommand('dossiers.takeOut');
  const putBack = useArchiveCommand('dossiers.putBack');
  const waive = useArchiveCommand('dossiers.waive');
  const [error, setError] = useState<AppError | null>(null);
  const busy = change.isPending || takeOut.isPending || putBack.isPending || waive.isPending;
  // Alt and arrows change the target while the form is open.
  if (act.kind === 'move' && sought !== act.to) {
    setSought(act.to);
    setTo(act.to);
  }

  const send = async (): Promise<void> => {
    const why = reason.trim();
    switch (act.kind) {
      case 'move':
        await change.mutateAsync({ code: act.paper.code, revision: act.paper.revision, type: to, reason: why });
        toast(t('dossiers.moved', { title: act.paper.title, type: t(`documentType.${to}`) }));
        return;
      case 'removed':
      case 'superseded':
        await takeOut.mutateAsync({
          code: act.paper.code,
          as: act.kind,
          reason: why,
          ...(by === '' ? {} : { supersededBy: by }),
        });
        toast(t(`dossiers.done.${act.kind}`, { title: act.paper.title }));
        return;
      case 'putBack':
        await putBack.mutateAsync({ code: act.paper.code, reason: why });
        toast(t('dossiers.done.putBack', { title: act.paper.title }));
        return;
      case 'waive':
        await waive.mutateAsync({
          number: dossier.number,
          type: act.type,
          exportOrder: act.exportOrder,
          state: waiver,
          reason: why,
        });
        toast(t('dossiers.done.waive', { type: t(`documentType.${act.type}`) }));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || reason.trim() === '') return;
    setError(null);
    send().then(onDone, (thrown: AppError) => setError(thrown));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <form className={styles.act} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      {error !== null && <ErrorNote error={error} showFields />}
      <div className={styles.actLine}>
        <span className={styles.actName}>{t(`dossiers.act.${act.kind}`)}</span>
        {act.kind === 'move' && (
          <label className={styles.actField}>
            <span>{t('dossiers.act.to')}</span>
            <select value={to} onChange={(event) => setTo(event.currentTarget.value)}>
              {DOSSIER_CLASSES.map((number) => (
                <optgroup key={number} label={t(`dossierClass.${number}`)}>
                  {typesOf(number, dossier.directExport).map((type) => (
                    <option key={type.key} value={type.key}>
                      {t(`documentType.${type.key}`)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </label>
        )}
        {act.kind === 'superseded' && <SupersededBy act={act} dossier={dossier} value={by} onValue={setBy} />}
        {act.kind === 'waive' && act.type === 'taxRegistration' && (
          <label className={styles.actField}>
            <span>{t('dossiers.act.as')}</span>
            <select value={waiver} onChange={(event) => setWaiver(event.currentTarget.value as typeof waiver)}>
              <option value="mergedIntoLicence">{t('waiver.mergedIntoLicence')}</option>
              <option value="notApplicable">{t('waiver.notApplicable')}</option>
            </select>
          </label>
        )}
        <label className={styles.actReason}>
          <span>{t('kit.reason')}</span>
          <input
            // biome-ignore lint/a11y/noAutofocus: the act was asked for by the person
            autoFocus
            list={`${id}-reasons`}
            value={reason}
            maxLength={400}
            aria-required
            autoComplete="off"
            placeholder={t('dossiers.act.reasonHint')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <datalist id={`${id}-reasons`}>
            {REASONS[act.kind].map((key) => (
              <option key={key} value={t(key)} />
            ))}
          </datalist>
        </label>
        <Button size="small" keys="escape" onClick={onDone} disabled={busy}>
          {t('kit.back')}
        </Button>
        <Button size="small" type="submit" kind="primary" keys="enter" busy={busy} disabled={reason.trim() === ''}>
          {t(`dossiers.act.do.${act.kind}`)}
        </Button>
      </div>
      {act.kind === 'move' && (
        <p className={styles.actNote}>{t('dossiers.numberSurvives', { code: act.paper.code })}</p>
      )}
    </form>
  );
}

/** The paper that has taken the place of another, of the same type. */
function SupersededBy({
  act,
  dossier,
  value,
  onValue,
}: {
  readonly act: Extract<RowAct, { kind: 'removed' | 'superseded' | 'putBack' }>;
  readonly dossier: Dossier;
  readonly value: string;
  readonly onValue: (code: string) => void;
}) {
  const { t } = useText();
  const candidates = dossier.classes
    .flatMap((part) => part.papers)
    .filter((paper) => paper.type === act.paper.type && paper.code !== act.paper.code && paper.state !== 'removed');
  return (
    <label className={styles.actField}>
      <span>{t('dossiers.act.by')}</span>
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">{t('dossiers.act.byNone')}</option>
        {candidates.map((paper) => (
          <option key={paper.code} value={paper.code}>
            {paper.title} {paper.date ?? ''}
          </option>
        ))}
      </select>
    </label>
  );
}
