import { TextInput } from '@mantine/core';
import { IconEdit, IconPrinter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Json } from '../../../shared/contract/common.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { fieldAt } from '../../../shared/domain/form-fields.ts';
import { competitorProfileFields } from '../../../shared/domain/forms/visit-forms.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useNavigate } from '../../state/navigation.ts';
import { useActingRole } from '../../state/session.ts';
import { useShortcut } from '../../state/shortcuts.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { isEmptyValue } from '../../ui/fields/field-values.ts';
import { useFieldWords } from '../../ui/fields/field-words.ts';
import { valueText } from '../../ui/fields/value-text.ts';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { usePrint } from '../../ui/viewer/use-print.ts';
import { FormFields } from './form-fields.tsx';
import styles from './visits.module.css';

type Competitor = OutputOf<'competitors.get'>;

const ITEM_FIELDS = fieldAt('enterprise', 'competitors')?.itemFields ?? [];

interface CompetitorPageProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** A competitor's own page (X1): what we know of it, with which customers it is and how, where visits mention it. */
export function CompetitorPage({ name, onClose }: CompetitorPageProps) {
  const found = useArchiveQuery('competitors.get', { name });
  if (found.error !== null)
    return (
      <aside className={styles.side}>
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      </aside>
    );
  if (found.data === undefined)
    return (
      <aside className={styles.side}>
        <LoadingSkeleton shape="rows" count={8} />
      </aside>
    );
  return (
    <aside className={styles.side} aria-label={name}>
      <Known competitor={found.data} onClose={onClose} />
    </aside>
  );
}

function Known({ competitor, onClose }: { readonly competitor: Competitor; readonly onClose: () => void }) {
  const words = useFieldWords();
  const { t } = words;
  const formats = useFormats();
  const print = usePrint();
  const { go } = useNavigate();
  const keeper = useActingRole() === 'keeper';
  const [editing, setEditing] = useState(false);
  const edit = (): void => setEditing(keeper);
  const toPrint = (): void => print({ form: 'competitorPage', number: competitor.name });
  useShortcut('e', edit, { labelKey: 'visits.editCompetitor' });
  useShortcut('p', toPrint, { labelKey: 'visits.print' });
  useShortcut('escape', onClose, { labelKey: 'kit.close' });
  const aliases = competitor.aliases.filter((alias) => alias !== competitor.name);
  const profile = competitorProfileFields.filter((field) => !isEmptyValue(competitor.profile[field.key]));
  return (
    <>
      <header style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}>
        <h2 className={styles.sideTitle} style={{ flex: 1 }}>
          {competitor.name}
        </h2>
        <IconButton icon={IconX} label={t('kit.close')} keys="escape" onClick={onClose} />
      </header>
      {aliases.length > 0 && (
        <p className={styles.soft}>{t('visits.aliasesAre', { names: aliases.join(t('form.listSeparator')) })}</p>
      )}
      <div className={styles.actions}>
        {keeper && (
          <Button icon={IconEdit} keys="e" onClick={edit}>
            {t('visits.editCompetitor')}
          </Button>
        )}
        <Button icon={IconPrinter} keys="p" onClick={toPrint}>
          {t('visits.print')}
        </Button>
      </div>
      {profile.length === 0 ? (
        <p className={styles.soft}>{t('visits.profileEmpty')}</p>
      ) : (
        <dl className={styles.facts}>
          {profile.map((field) => (
            <div key={field.key}>
              <dt>{words.ownLabel('competitor', field.key)}</dt>
              <dd>{valueText(field, competitor.profile[field.key], words)}</dd>
            </div>
          ))}
        </dl>
      )}
      <h3 className={styles.sub}>
        {t('visits.withCustomers', { count: new Set(competitor.entries.map((entry) => entry.customer)).size })}
      </h3>
      <div className={styles.entries}>
        {competitor.entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a card may name a competitor twice
          <div key={`${entry.customer} ${index}`} className={styles.entryCard}>
            <div>
              <Button kind="link" onClick={() => go({ screen: 'cards', number: entry.customer })}>
                {entry.customerName}
              </Button>{' '}
              <span className={styles.soft}>{entry.customer}</span>{' '}
              {entry.tier === 'key' && <Tag tone="lake">{t('option.tier.key')}</Tag>}
            </div>
            <dl className={styles.facts}>
              {ITEM_FIELDS.filter((part) => part.key !== 'competitorName' && !isEmptyValue(entry.item[part.key])).map(
                (part) => (
                  <div key={part.key}>
                    <dt>{words.ownLabel('enterprise', `competitors.${part.key}`)}</dt>
                    <dd>{valueText(part, entry.item[part.key], words)}</dd>
                  </div>
                ),
              )}
            </dl>
          </div>
        ))}
      </div>
      {competitor.mentions.length > 0 && (
        <>
          <h3 className={styles.sub}>{t('visits.mentions')}</h3>
          <ul className={styles.mentions}>
            {competitor.mentions.map((mention) => (
              <li key={mention.visitId}>
                <span className={styles.soft}>
                  {formats.day(mention.day)} {mention.staff}
                </span>{' '}
                <Button kind="link" onClick={() => go({ screen: 'cards', number: mention.customer, tab: 'visits' })}>
                  {mention.customerName}
                </Button>
                <div>{mention.text}</div>
              </li>
            ))}
          </ul>
        </>
      )}
      {editing && <ProfileDialog competitor={competitor} onClose={() => setEditing(false)} />}
    </>
  );
}

function ProfileDialog({ competitor, onClose }: { readonly competitor: Competitor; readonly onClose: () => void }) {
  const words = useFieldWords();
  const { t } = words;
  const save = useArchiveCommand('competitors.save');
  const [aliases, setAliases] = useState(competitor.aliases.filter((alias) => alias !== competitor.name).join('、'));
  const [values, setValues] = useState<Readonly<Record<string, Json>>>(competitor.profile);
  const [raw, setRaw] = useState<Readonly<Record<string, string>>>({});
  const submit = (): void => {
    const names = aliases
      .split(/[、,，;；\n]/u)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    save.mutateAsync({ name: competitor.name, aliases: names, profile: values }).then(
      () => {
        toast(t('visits.competitorSaved', { name: competitor.name }));
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <FormDialog
      title={competitor.name}
      size="lg"
      submitLabel={t('kit.save')}
      busy={save.isPending}
      maySubmit={Object.keys(raw).length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <ErrorNote error={save.error} showFields />
      <TextInput
        label={t('visits.aliases')}
        description={t('visits.aliasesHelp')}
        maxLength={1_000}
        value={aliases}
        onChange={(event) => setAliases(event.currentTarget.value)}
      />
      <FormFields
        form="competitor"
        idPrefix="competitor"
        fields={competitorProfileFields}
        values={values}
        raw={raw}
        words={words}
        onValue={(key, value) => {
          const { [key]: _former, ...others } = values;
          setValues(isEmptyValue(value) ? others : { ...others, [key]: value });
        }}
        onRaw={(path, text) => {
          const { [path]: _former, ...others } = raw;
          setRaw(text === null ? others : { ...others, [path]: text });
        }}
      />
    </FormDialog>
  );
}
