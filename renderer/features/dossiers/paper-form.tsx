import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { INDEFINITE } from '../../../shared/domain/forms/field.ts';
import { SECURITY_LEVELS } from '../../../shared/domain/security-levels.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveCommand } from '../../gateway/use-archive.ts';
import { isComposing } from '../../state/ime.ts';
import { createSessionStore } from '../../state/reset-registry.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { FieldEditor } from '../../ui/fields/field-editor.tsx';
import { TypedInput } from '../../ui/fields/typed-input.tsx';
import { parseTypedDate, parseTypedNumber } from '../../ui/fields/typed-value.ts';
import { useFieldKit } from '../../ui/fields/use-field-kit.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { type Dossier, type NewPaperPreset, typeOf, typesOf } from './dossier-types.ts';
import styles from './form.module.css';
import { changesOf, filingOf, type PaperValues, startValues } from './paper-values.ts';
import { attachScans } from './scan-files.ts';
import { usePaperDraft } from './use-paper-draft.ts';

/** The place of the paper filed last: several papers of one customer usually go to the same box. */
const useLastPlace = createSessionStore<{ readonly place: string }>(() => ({ place: '' }));

interface PaperFormProps {
  readonly dossier: Dossier;
  readonly preset: NewPaperPreset;
  /** Null: a new entry. */
  readonly paper: Paper | null;
  readonly onClose: () => void;
  readonly onFiled: (code: string) => void;
}

const MEDIA: readonly Paper['medium'][] = ['paper', 'scan', 'electronic'];
const show = (value: Json): string => (value === null || typeof value === 'object' ? '' : String(value));

/** A catalogue entry: what it is, what is written on it, where it stands (D6, D8). */
export function PaperForm({ dossier, preset, paper, onClose, onFiled }: PaperFormProps) {
  const kit = useFieldKit();
  const { t } = kit;
  const [values, setValues] = useState<PaperValues>(() => startValues(preset, paper, useLastPlace.getState().place));
  const [raw, setRaw] = useState<Readonly<Record<string, string>>>({});
  const drafted = usePaperDraft(dossier.number, preset, paper === null, { values, raw }, (found) => {
    setValues(found.values);
    setRaw(found.raw);
  });
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const add = useArchiveCommand('dossiers.addPaper');
  const change = useArchiveCommand('dossiers.changePaper');
  const busy = add.isPending || change.isPending;
  const type = typeOf(values.type);
  const types = paper === null ? typesOf(preset.class, dossier.directExport) : type === undefined ? [] : [type];
  const set = (next: Partial<PaperValues>): void => setValues((former) => ({ ...former, ...next }));
  const mark = (path: string, text: string | null): void =>
    setRaw((former) => {
      const { [path]: _gone, ...others } = former;
      return text === null ? others : { ...others, [path]: text };
    });
  const titleOf = values.title === '' && type !== undefined ? t(`documentType.${type.key}`) : values.title;

  const problems = [
    values.type === '' ? 'type' : null,
    titleOf.trim() === '' ? 'title' : null,
    type?.perExportOrder === true && values.exportOrder === null ? 'exportOrder' : null,
    paper !== null && reason.trim() === '' ? 'reason' : null,
    ...Object.keys(raw),
  ].filter((path) => path !== null);
  const wrong = (path: string): string | null => {
    if (raw[path] !== undefined) return t('cards.notUnderstood');
    if (!tried || !problems.includes(path)) return null;
    return t('validation.required');
  };

  const save = async (): Promise<void> => {
    setTried(true);
    if (busy || problems.length > 0) return;
    setError(null);
    const complete = { ...values, title: titleOf };
    try {
      if (paper !== null) {
        await change.mutateAsync({
          code: paper.code,
          revision: paper.revision,
          reason: reason.trim(),
          ...changesOf(paper, complete),
        });
        toast(t('dossiers.changed', { title: titleOf }));
        onFiled(paper.code);
        return;
      }
      const { code, class: dossierClass, after } = await add.mutateAsync(filingOf(dossier.number, complete));
      drafted.discard();
      useLastPlace.setState({ place: values.place });
      // The slip: at which tab, and behind which paper, the sheet is put.
      const tab = { code, class: t(`dossierClass.${dossierClass}`) };
      toast(after === null ? t('dossiers.filedFirst', tab) : t('dossiers.filedBehind', { ...tab, after }));
      onFiled(code);
      void attachScans(code, preset.files ?? []);
    } catch (thrown) {
      setError(thrown as AppError);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.ctrlKey && !isComposing(event)) {
      event.preventDefault();
      void save();
    }
    if (event.key === 's' && event.ctrlKey) {
      event.preventDefault();
      event.stopPropagation();
      void save();
    }
  };

  return (
    <form
      className={styles.form}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <ErrorNote error={error} showFields />
      {drafted.restored && (
        <p className={styles.restored} role="status">
          {t('dossiers.draftBack')}
        </p>
      )}
      {preset.files !== undefined && (
        <p className={styles.files}>
          <IconPaperclip size={14} aria-hidden /> {preset.files.map((file) => file.name).join(t('form.listSeparator'))}
        </p>
      )}
      <Select
        label={t('dossiers.field.type')}
        required
        data={types.map((one) => ({ value: one.key, label: `${one.number} ${t(`documentType.${one.key}`)}` }))}
        value={values.type === '' ? null : values.type}
        disabled={paper !== null}
        error={wrong('type')}
        autoFocus={values.type === ''}
        onChange={(next) => set({ type: next ?? '', extra: {} })}
      />
      <TextInput
        label={t('dossiers.field.title')}
        required
        maxLength={400}
        placeholder={type === undefined ? '' : t(`documentType.${type.key}`)}
        value={values.title}
        error={wrong('title')}
        autoFocus={values.type !== ''}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      {(type?.perExportOrder === true || (dossier.exportOrders.length > 0 && preset.class === 4)) && (
        <Select
          label={t('dossiers.field.exportOrder')}
          required={type?.perExportOrder === true}
          clearable
          data={dossier.exportOrders.map((order) => ({
            value: order.orderNumber,
            label: `${order.orderNumber} ${order.description}`,
          }))}
          value={values.exportOrder}
          error={wrong('exportOrder')}
          onChange={(next) => set({ exportOrder: next })}
        />
      )}
      <div className={styles.two}>
        <TextInput
          label={t('dossiers.field.documentNumber')}
          maxLength={400}
          value={values.documentNumber}
          onChange={(event) => set({ documentNumber: event.currentTarget.value })}
        />
        <TextInput
          label={t('dossiers.field.responsible')}
          maxLength={400}
          value={values.responsible}
          onChange={(event) => set({ responsible: event.currentTarget.value })}
        />
        <Labelled id="paper-date" label={t('dossiers.field.date')} error={wrong('date')}>
          <TypedInput
            id="paper-date"
            value={values.date}
            raw={raw['date']}
            placeholder={t('form.placeholder.partialDate')}
            parse={(text) => parseTypedDate(text, { partial: true })}
            show={show}
            onValue={(next) => set({ date: typeof next === 'string' ? next : null })}
            onRaw={(text) => mark('date', text)}
          />
        </Labelled>
        <Labelled id="paper-valid" label={t('dossiers.field.validUntil')} error={wrong('validUntil')}>
          <TypedInput
            id="paper-valid"
            value={values.validUntil}
            raw={raw['validUntil']}
            placeholder={t('form.placeholder.date')}
            parse={(text) => {
              const day = parseTypedDate(text, { indefinite: true });
              return day === INDEFINITE ? null : day;
            }}
            show={show}
            onValue={(next) => set({ validUntil: typeof next === 'string' ? next : null })}
            onRaw={(text) => mark('validUntil', text)}
          />
        </Labelled>
        <Labelled id="paper-pages" label={t('dossiers.field.pages')} error={wrong('pages')}>
          <TypedInput
            id="paper-pages"
            value={values.pages}
            raw={raw['pages']}
            inputMode="numeric"
            parse={(text) => parseTypedNumber(text, true)}
            show={show}
            onValue={(next) => set({ pages: typeof next === 'number' ? next : null })}
            onRaw={(text) => mark('pages', text)}
          />
        </Labelled>
        <Labelled id="paper-copies" label={t('dossiers.field.copies')} error={wrong('copies')}>
          <TypedInput
            id="paper-copies"
            value={values.copies}
            raw={raw['copies']}
            inputMode="numeric"
            parse={(text) => parseTypedNumber(text, true)}
            show={show}
            onValue={(next) => set({ copies: typeof next === 'number' ? next : null })}
            onRaw={(text) => mark('copies', text)}
          />
        </Labelled>
        <Select
          label={t('dossiers.field.medium')}
          data={MEDIA.map((medium) => ({ value: medium, label: t(`dossiers.medium.${medium}`) }))}
          value={values.medium}
          onChange={(next) => set({ medium: (next ?? 'paper') as Paper['medium'] })}
        />
        <Select
          label={t('field.control.securityLevel')}
          data={SECURITY_LEVELS.map((level) => ({ value: level, label: t(`option.securityLevel.${level}`) }))}
          value={values.security}
          onChange={(next) => set({ security: (next ?? values.security) as Paper['security'] })}
        />
      </div>
      <TextInput
        label={t('dossiers.field.place')}
        placeholder={t('dossiers.field.placeHint')}
        maxLength={400}
        value={values.place}
        onChange={(event) => set({ place: event.currentTarget.value })}
      />
      <Checkbox
        label={t('dossiers.field.original')}
        description={t('dossiers.field.originalHelp')}
        checked={values.original}
        onChange={(event) => set({ original: event.currentTarget.checked })}
      />
      {type !== undefined && type.extraFields.length > 0 && (
        <fieldset className={styles.extra}>
          <legend>{t('dossiers.field.extra')}</legend>
          <div className={styles.two}>
            {type.extraFields.map((field) => (
              <Labelled
                key={field.key}
                id={`paper-extra-${field.key}`}
                label={t(`documentField.${field.key}`)}
                error={wrong(`extra.${field.key}`)}
                wide={field.type === 'longText'}
              >
                <FieldEditor
                  field={field}
                  id={`paper-extra-${field.key}`}
                  label={t(`documentField.${field.key}`)}
                  value={values.extra[field.key] ?? null}
                  raw={raw[`extra.${field.key}`]}
                  words={kit}
                  onValue={(next) => set({ extra: { ...values.extra, [field.key]: next } })}
                  onRaw={(text) => mark(`extra.${field.key}`, text)}
                />
              </Labelled>
            ))}
          </div>
        </fieldset>
      )}
      <Textarea
        label={t('dossiers.field.note')}
        autosize
        minRows={2}
        maxRows={6}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {paper !== null && (
        <TextInput
          label={t('kit.reason')}
          required
          maxLength={400}
          placeholder={t('dossiers.act.reasonHint')}
          value={reason}
          error={wrong('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className={styles.actions}>
        <Button
          disabled={busy}
          onClick={() => {
            drafted.discard();
            onClose();
          }}
        >
          {t('kit.back')}
        </Button>
        <Button type="submit" kind="primary" keys="mod+s" busy={busy}>
          {t(paper === null ? 'dossiers.fileNow' : 'dossiers.saveChange')}
        </Button>
      </div>
    </form>
  );
}

function Labelled({
  id,
  label,
  error,
  wide = false,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly error: string | null;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={wide ? styles.fieldWide : styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {error !== null && <p className={styles.error}>{error}</p>}
    </div>
  );
}
