import { Checkbox, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { CARD_KINDS, type CardKind, cardForm, sectionLabelKey } from '../../../shared/domain/form-fields.ts';
import {
  OWN_FIELD_REQUIREMENTS,
  OWN_FIELD_TYPES,
  OWN_FIELD_UNITS,
  OWN_SECTION,
  type OwnFieldType,
} from '../../../shared/domain/forms/own-fields.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { fieldErrorAt } from '../../ui/form/field-error.ts';
import { Section } from '../../ui/frame/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './own-fields.module.css';
import { OwnOptions } from './own-options.tsx';

type OwnField = OutputOf<'forms.get'>['fields'][number];
type Uses = OutputOf<'forms.uses'>['uses'];

/** Fields and values that the keeper adds to the forms: they reach card, import, search, lists, masks and print at once. */
export function OwnFields() {
  const { t } = useText();
  const mayChange = useActingRole() === 'keeper';
  const [kind, setKind] = useState<CardKind>('enterprise');
  const [editing, setEditing] = useState<{ readonly field: OwnField | null; readonly group: OwnField | null } | null>(
    null,
  );
  const own = useArchiveQuery('forms.get', {});
  const uses = useArchiveQuery('forms.uses', {}, { keepPrevious: true }).data?.uses ?? {};
  if (own.error !== null) return <ErrorState error={own.error} onRetry={() => void own.refetch()} />;
  if (own.data === undefined) return <LoadingSkeleton shape="form" />;
  const fields = own.data.fields.filter((field) => field.kind === kind);
  const partsOf = (group: OwnField): OwnField[] => fields.filter((field) => field.section === group.key);
  const topmost = fields.filter((field) => !fields.some((group) => group.key === field.section));
  return (
    <div className={styles.page}>
      <SegmentedControl
        aria-label={t('field.control.kind')}
        value={kind}
        onChange={(value) => setKind(value as CardKind)}
        data={CARD_KINDS.map((one) => ({ value: one, label: t(`cards.form.${one}`) }))}
      />
      <Section
        title={t('ownFields.fields')}
        note={t('ownFields.fieldsNote')}
        tools={
          mayChange && (
            <Button size="small" icon={IconPlus} onClick={() => setEditing({ field: null, group: null })}>
              {t('ownFields.add')}
            </Button>
          )
        }
      >
        {fields.length === 0 ? (
          <EmptyState title={t('ownFields.none')}>{t('ownFields.noneText')}</EmptyState>
        ) : (
          <ul className={styles.list}>
            {topmost.flatMap((field) => [
              <FieldLine
                key={field.key}
                field={field}
                uses={uses[field.key]}
                mayChange={mayChange}
                onEdit={() => setEditing({ field, group: null })}
                onAddPart={() => setEditing({ field: null, group: field })}
              />,
              ...partsOf(field).map((part) => (
                <FieldLine
                  key={part.key}
                  field={part}
                  group={field}
                  uses={uses[part.key]}
                  mayChange={mayChange}
                  onEdit={() => setEditing({ field: part, group: field })}
                />
              )),
            ])}
          </ul>
        )}
      </Section>
      <OwnOptions kind={kind} own={own.data} uses={uses} mayChange={mayChange} />
      {editing !== null && (
        <FieldDialog kind={kind} field={editing.field} group={editing.group} onClose={() => setEditing(null)} />
      )}
    </div>
  );
}

function FieldLine({
  field,
  group,
  uses,
  mayChange,
  onEdit,
  onAddPart,
}: {
  readonly field: OwnField;
  /** The repeating group that it is a part of. */
  readonly group?: OwnField;
  readonly onAddPart?: () => void;
  readonly uses: Uses[string] | undefined;
  readonly mayChange: boolean;
  readonly onEdit: () => void;
}) {
  const { t } = useText();
  const change = useArchiveCommand('forms.changeField');
  const remove = useArchiveCommand('forms.removeField');
  const used = (uses?.cards ?? 0) + (uses?.history ?? 0) > 0;
  const quietly = (act: Promise<unknown>) => void act.catch(() => undefined);
  return (
    <li className={styles.line} data-hidden={field.hidden || undefined} data-part={group !== undefined || undefined}>
      <span className={styles.label}>{field.label}</span>
      <span className={styles.soft}>
        {t(`ownFields.type.${field.type}`)}
        {field.unit !== null && `（${t(`unit.${field.unit}`)}）`}
        {group === undefined && ` · ${t(sectionLabelKey(field.section))}`}
      </span>
      {field.required !== 'optional' && <Tag>{t(`ownFields.required.${field.required}`)}</Tag>}
      {field.sensitive && <Tag tone="amber">{t('ownFields.sensitiveMark')}</Tag>}
      {field.hidden && <Tag>{t('ownFields.hiddenMark')}</Tag>}
      <span className={styles.uses}>{t('ownFields.uses', { count: uses?.cards ?? 0 })}</span>
      {mayChange && (
        <span className={styles.acts}>
          {field.type === 'list' && onAddPart !== undefined && (
            <IconButton icon={IconPlus} label={t('ownFields.addPart', { field: field.label })} onClick={onAddPart} />
          )}
          <IconButton
            icon={IconArrowUp}
            label={t('ownFields.up', { field: field.label })}
            onClick={() => quietly(change.mutateAsync({ key: field.key, move: 'up' }))}
          />
          <IconButton
            icon={IconArrowDown}
            label={t('ownFields.down', { field: field.label })}
            onClick={() => quietly(change.mutateAsync({ key: field.key, move: 'down' }))}
          />
          <IconButton icon={IconPencil} label={t('ownFields.edit', { field: field.label })} onClick={onEdit} />
          <IconButton
            icon={field.hidden ? IconEye : IconEyeOff}
            label={t(field.hidden ? 'ownFields.show' : 'ownFields.hide', { field: field.label })}
            onClick={() => quietly(change.mutateAsync({ key: field.key, hidden: !field.hidden }))}
          />
          <IconButton
            icon={IconTrash}
            label={t('ownFields.remove', { field: field.label })}
            disabled={used}
            onClick={() =>
              quietly(
                remove
                  .mutateAsync({ key: field.key })
                  .then(() => toast(t('ownFields.removed', { field: field.label }))),
              )
            }
          />
        </span>
      )}
      <ErrorNote error={change.error ?? remove.error} showFields />
    </li>
  );
}

interface Draft {
  readonly label: string;
  readonly type: OwnFieldType;
  readonly section: string;
  readonly required: OwnField['required'];
  readonly unit: OwnField['unit'];
  readonly sensitive: boolean;
  readonly options: readonly string[];
}

function FieldDialog({
  kind,
  field,
  group,
  onClose,
}: {
  readonly kind: CardKind;
  readonly field: OwnField | null;
  /** The repeating group that the field is a part of. */
  readonly group: OwnField | null;
  readonly onClose: () => void;
}) {
  const texts = useText();
  const { t } = texts;
  const [draft, setDraft] = useState<Draft>(() => ({
    label: field?.label ?? '',
    type: field?.type ?? 'text',
    section: field?.section ?? group?.key ?? OWN_SECTION,
    required: field?.required ?? 'optional',
    unit: field?.unit ?? null,
    sensitive: field?.sensitive ?? false,
    options: [],
  }));
  const add = useArchiveCommand('forms.addField');
  const change = useArchiveCommand('forms.changeField');
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const chosen = draft.type === 'enum' || draft.type === 'multiEnum';
  const measured = draft.type === 'integer' || draft.type === 'number';
  const error: AppError | null = add.error ?? change.error;
  const submit = async (): Promise<void> => {
    const { label, section, required, sensitive } = draft;
    const common = { label: label.trim(), section, required, sensitive };
    if (field === null)
      await add.mutateAsync({
        ...common,
        kind,
        type: draft.type,
        ...(measured && draft.unit !== null ? { unit: draft.unit } : {}),
        options: chosen ? [...draft.options] : [],
      });
    else await change.mutateAsync({ ...common, key: field.key, ...(measured ? { unit: draft.unit } : {}) });
    toast(t('ownFields.saved', { field: label.trim() }));
    onClose();
  };
  return (
    <FormDialog
      title={
        field === null && group !== null
          ? t('ownFields.addPart', { field: group.label })
          : t(field === null ? 'ownFields.addTitle' : 'ownFields.editTitle')
      }
      submitLabel={t('kit.save')}
      busy={add.isPending || change.isPending}
      maySubmit={draft.label.trim() !== '' && (!chosen || field !== null || draft.options.length > 0)}
      onSubmit={() => void submit().catch(() => undefined)}
      onClose={onClose}
    >
      <TextInput
        label={t('ownFields.label')}
        description={t('ownFields.labelHelp')}
        data-autofocus
        maxLength={60}
        value={draft.label}
        error={fieldErrorAt(error, 'label', texts)}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <Select
        label={t('ownFields.type')}
        disabled={field !== null}
        description={field === null ? undefined : t('ownFields.typeStays')}
        allowDeselect={false}
        data={OWN_FIELD_TYPES.filter((value) => group === null || value !== 'list').map((value) => ({
          value,
          label: t(`ownFields.type.${value}`),
        }))}
        value={draft.type}
        onChange={(value) => set({ type: (value ?? 'text') as OwnFieldType })}
      />
      {chosen && field === null && (
        <TagsInput
          label={t('ownFields.options')}
          description={t('ownFields.optionsHelp')}
          value={[...draft.options]}
          onChange={(options) => set({ options })}
          error={fieldErrorAt(error, 'options', texts)}
        />
      )}
      {measured && (
        <Select
          label={t('ownFields.unit')}
          clearable
          data={OWN_FIELD_UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
          value={draft.unit}
          onChange={(value) => set({ unit: value as OwnField['unit'] })}
        />
      )}
      {draft.type === 'list' && <p>{t('ownFields.groupHelp')}</p>}
      {group === null && (
        <Select
          label={t('ownFields.section')}
          allowDeselect={false}
          data={[...cardForm(kind).sections.map((section) => section.key), OWN_SECTION].map((value) => ({
            value,
            label: t(sectionLabelKey(value)),
          }))}
          value={draft.section}
          onChange={(value) => set({ section: value ?? OWN_SECTION })}
        />
      )}
      <Select
        label={t('ownFields.required')}
        allowDeselect={false}
        data={OWN_FIELD_REQUIREMENTS.map((value) => ({ value, label: t(`ownFields.required.${value}`) }))}
        value={draft.required}
        onChange={(value) => set({ required: (value ?? 'optional') as OwnField['required'] })}
      />
      <Checkbox
        label={t('ownFields.sensitive')}
        description={t('ownFields.sensitiveHelp')}
        checked={draft.sensitive}
        onChange={(event) => set({ sensitive: event.currentTarget.checked })}
      />
      <ErrorNote error={error} />
    </FormDialog>
  );
}
