import { Select, TextInput } from '@mantine/core';
import { IconFileText, IconUser, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { TrayFile } from '../../../shared/contract/scans.ts';
import { DOSSIER_CLASSES } from '../../../shared/domain/dossier-classes.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button, IconButton } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { parseTypedDate } from '../../ui/fields/typed-value.ts';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import { typesOf } from './dossier-types.ts';
import { titleOfFile } from './scan-files.ts';
import styles from './tray.module.css';

type Chosen = Pick<OutputOf<'search.find'>['hits'][number], 'kind' | 'number' | 'title' | 'subtitle'>;

interface TrayFormProps {
  readonly files: readonly TrayFile[];
  readonly removes: boolean;
  readonly onFiled: () => void;
  readonly onPutAway: () => void;
}

/** To whom a new scan belongs: a paper that is there already, or a new one of a customer. */
export function TrayForm({ files, removes, onFiled, onPutAway }: TrayFormProps) {
  const { t } = useText();
  const { go } = useNavigate();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Chosen | null>(null);
  const [chosenType, setType] = useState<string | null>(null);
  // The code on a form that the archive printed says whose it is (V4), until somebody knows better.
  const [isDeclined, setDeclined] = useState(false);
  const name = files[0]?.name ?? '';
  const read = useArchiveQuery('scans.trayCodes', { name }, { enabled: name !== '' }).data?.belongs ?? null;
  const hit: Chosen | null = found ?? (isDeclined || text !== '' || read === null ? null : { ...read, subtitle: '' });
  const suggested = titleOfFile(files[0]?.name ?? '');
  const type = chosenType ?? (found === null && hit !== null ? (read?.type ?? null) : null);
  const [typedTitle, setTitle] = useState(suggested);
  // A scanner's own name says nothing; what somebody typed stays.
  const isOwnTitle = typedTitle.trim() !== '' && typedTitle !== suggested;
  const title = isOwnTitle || type === null ? typedTitle : t(`documentType.${type}`);
  const [date, setDate] = useState('');
  const file = useArchiveJob('scans.trayFile', 'tray.sealing');
  const search = useArchiveQuery(
    'search.find',
    { text, limit: 8, kinds: ['customer', 'paper'] },
    { enabled: text.trim() !== '' && hit === null, keepPrevious: true },
  );
  const dossier = useArchiveQuery('dossiers.get', { number: hit?.number ?? '' }, { enabled: hit?.kind === 'customer' });
  const types = DOSSIER_CLASSES.map((number) => ({
    group: t(`dossierClass.${number}`),
    items: typesOf(number, dossier.data?.directExport ?? false)
      .filter(({ perExportOrder }) => !perExportOrder)
      .map(({ key }) => ({ value: key as string, label: t(`documentType.${key}`) })),
  }));
  const parsed = date.trim() === '' ? null : parseTypedDate(date);
  const wrongDate = date.trim() !== '' && parsed === null;
  const ready =
    files.length > 0 && hit !== null && (hit.kind === 'paper' || (type !== null && title.trim() !== '' && !wrongDate));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready || hit === null || file.job !== null) return;
    file
      .run({
        files: files.map(({ name, sha256 }) => ({ name, sha256 })),
        ...(hit.kind === 'paper'
          ? { code: hit.number }
          : {
              paper: {
                customer: hit.number,
                type: type ?? '',
                title: title.trim(),
                date: parsed,
                pages: 0,
                medium: 'scan' as const,
              },
            }),
      })
      .then(
        ({ code, sealed }) => {
          toast(t('tray.filed', { count: sealed, code }), {
            undo: {
              label: t('tray.open'),
              run: () => go({ screen: 'dossiers', params: { paper: code } }),
            },
          });
          onFiled();
        },
        () => undefined,
      );
  };
  return (
    <form className={styles.fields} onSubmit={submit} noValidate>
      <h2 className={styles.formTitle}>{t('tray.belongs', { count: files.length })}</h2>
      {hit === null ? (
        <>
          <TextInput
            label={t('tray.whose')}
            description={t('tray.whoseHelp')}
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ul className={styles.hits} aria-label={t('tray.whose')}>
            {text.trim() !== '' &&
              (search.data?.hits ?? []).map((one) => (
                <li key={`${one.kind} ${one.number}`}>
                  <button type="button" className={styles.hit} onClick={() => setFound(one)}>
                    {one.kind === 'paper' ? <IconFileText size={16} aria-hidden /> : <IconUser size={16} aria-hidden />}
                    <span>
                      {one.title}
                      <span className={styles.soft}>
                        {one.number} {one.subtitle}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </>
      ) : (
        <p className={styles.chosen}>
          {hit.kind === 'paper' ? <IconFileText size={16} aria-hidden /> : <IconUser size={16} aria-hidden />}
          <span>
            {hit.title}
            <span className={styles.soft}>
              {hit.number} {hit.subtitle}
              {found === null && ` · ${t('tray.byCode')}`}
            </span>
          </span>
          <IconButton
            icon={IconX}
            label={t('tray.another')}
            onClick={() => {
              setFound(null);
              setDeclined(true);
            }}
          />
        </p>
      )}
      {hit?.kind === 'customer' && (
        <>
          <Select label={t('dossiers.field.type')} required searchable data={types} value={type} onChange={setType} />
          <TextInput
            label={t('dossiers.field.title')}
            required
            value={title}
            maxLength={400}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TextInput
            label={t('dossiers.field.date')}
            value={date}
            error={wrongDate ? t('cards.notUnderstood') : undefined}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        </>
      )}
      {file.error !== null && <ErrorNote error={file.error} showFields />}
      {file.job !== null ? (
        <JobProgress job={file.job} />
      ) : (
        <div className={styles.acts}>
          <Button kind="primary" type="submit" disabled={!ready}>
            {t('tray.seal')}
          </Button>
          <Button kind="quiet" disabled={files.length === 0} onClick={onPutAway}>
            {t('tray.putAway')}
          </Button>
        </div>
      )}
      <p className={styles.soft}>{t(removes ? 'tray.removes' : 'tray.keeps')}</p>
    </form>
  );
}
