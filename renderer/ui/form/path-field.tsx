import { TextInput } from '@mantine/core';
import { archive } from '../../gateway/archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../actions/button.tsx';
import styles from './form.module.css';

interface PathFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** `save`: a file to be written, with a proposed name. A file to be read is named by its path or found in its folder. */
  readonly kind: 'folder' | 'save' | 'file';
  readonly suggestedName?: string;
  readonly error?: string | null | undefined;
  /** May be left empty. */
  readonly optional?: boolean;
}

/** A place on this computer: typed, or chosen in the system's dialog where the host has one. */
export function PathField({
  label,
  description,
  value,
  onChange,
  kind,
  suggestedName = '',
  error,
  optional = false,
}: PathFieldProps) {
  const { t } = useText();
  const dialogs = useEntrance((state) => state.host?.dialogs) ?? false;
  const choose = async () => {
    const startIn = value === '' ? {} : { startIn: value };
    const { path } =
      kind === 'save'
        ? await archive.call('host.chooseSavePath', { title: label, suggestedName, ...startIn })
        : await archive.call('host.chooseFolder', { title: label, ...startIn });
    if (path !== null) onChange(path);
  };
  return (
    <div className={styles.withButton}>
      <TextInput
        className={styles.grow ?? ''}
        label={label}
        description={description}
        required={!optional}
        value={value}
        error={error}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {dialogs && kind !== 'file' && (
        <Button onClick={() => void choose().catch(() => undefined)}>{t('kit.choose')}</Button>
      )}
    </div>
  );
}
