import { Select } from '@mantine/core';
import { IconBooks, IconCircleCheck } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveJob } from '../../gateway/use-archive-job.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useEntrance } from '../../state/entrance.ts';
import { Button } from '../../ui/actions/button.tsx';
import { PathField } from '../../ui/form/path-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { JobProgress } from '../../ui/states/job-progress.tsx';
import styles from './binding.module.css';
import { type Plan, shelfBoards, shortFingerprint } from './shelf.ts';

type Bound = OutputOf<'binding.bind'>;

/** The act itself: numbers and pages are fixed, the volumes are sealed and written as files (Y2). */
export function BindPanel({
  year,
  plan,
  ready,
  onBegin,
}: {
  readonly year: number;
  readonly plan: Plan;
  /** False while the cleaning list has something open. */
  readonly ready: boolean;
  /** So that the screen stays here when the last volume is bound. */
  readonly onBegin: () => void;
}) {
  const { t } = useText();
  const formats = useFormats();
  const output = useEntrance((state) => state.host?.defaultOutputFolder) ?? '';
  const job = useArchiveJob('binding.bind', 'binding.working');
  const [dossierClass, setClass] = useState('');
  const [folder, setFolder] = useState(output);
  const [sure, setSure] = useState(false);
  const [bound, setBound] = useState<Bound | null>(null);
  const boards = shelfBoards(plan.volumes);
  const chosen = plan.volumes.filter((volume) => dossierClass === '' || String(volume.class) === dossierClass);
  const pages = chosen.reduce((sum, volume) => sum + volume.pages, 0);
  const running = job.job !== null;
  // What has been bound stays in sight after the last volume of the year is gone from the plan.
  const nothingLeft = plan.volumes.length === 0 && !running;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (running || !ready) return;
    if (!sure) {
      setSure(true);
      return;
    }
    onBegin();
    job
      .run({
        year,
        ...(dossierClass === '' ? {} : { class: Number(dossierClass) }),
        ...(folder.trim() === '' ? {} : { directory: folder.trim() }),
      })
      .then(
        (answer) => {
          setBound(answer);
          setClass('');
          setSure(false);
        },
        () => setSure(false),
      );
  };
  if (nothingLeft && bound === null) return null;
  return (
    <section className={styles.bind} aria-label={t('binding.bind')}>
      <h2 className={styles.sectionTitle}>{t('binding.bind')}</h2>
      {bound !== null && <Result bound={bound} />}
      <form onSubmit={submit} className={styles.bindForm} noValidate hidden={nothingLeft}>
        <Select
          label={t('binding.which')}
          data={[
            { value: '', label: t('binding.allClasses') },
            ...boards.map((board) => ({ value: String(board.class), label: t(`dossierClass.${board.class}`) })),
          ]}
          value={dossierClass}
          disabled={running}
          onChange={(next) => {
            setClass(next ?? '');
            setSure(false);
          }}
        />
        <PathField
          kind="folder"
          label={t('binding.folder')}
          description={t('binding.folderHelp')}
          value={folder}
          onChange={setFolder}
        />
        {job.job !== null ? (
          <JobProgress job={job.job} />
        ) : (
          <>
            <ErrorNote error={job.error} showFields />
            {sure && (
              <p className={styles.warn} role="alert">
                {t('binding.sure')}
              </p>
            )}
            <div className={styles.bindLine}>
              <span className={styles.soft}>
                {t('binding.willBind', { count: chosen.length, pages: formats.number(pages) })}
              </span>
              {sure && <Button onClick={() => setSure(false)}>{t('kit.back')}</Button>}
              <Button type="submit" kind="primary" icon={IconBooks} disabled={chosen.length === 0 || !ready}>
                {t(sure ? 'binding.doIt' : 'binding.bindNow')}
              </Button>
            </div>
          </>
        )}
      </form>
    </section>
  );
}

function Result({ bound }: { readonly bound: Bound }) {
  const { t } = useText();
  const [first] = bound.volumes;
  return (
    <div className={styles.result} role="status">
      <p className={styles.resultTitle}>
        <IconCircleCheck size={20} aria-hidden /> {t('binding.done', { count: bound.volumes.length })}
      </p>
      <ul>
        {bound.volumes.map((volume) => (
          <li key={volume.file}>
            {volume.file} <code>{shortFingerprint(volume.sha256)}</code>
          </li>
        ))}
      </ul>
      {first !== undefined && (
        <Button
          size="small"
          onClick={() => void archive.call('host.revealOutput', { path: first.file }).catch(() => undefined)}
        >
          {t('kit.showFolder')}
        </Button>
      )}
    </div>
  );
}
