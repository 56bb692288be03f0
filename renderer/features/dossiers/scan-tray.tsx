import { Checkbox } from '@mantine/core';
import { IconInbox, IconPlugOff, IconSettings } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { archive } from '../../gateway/archive.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import { DocumentViewer } from '../../ui/viewer/document-viewer.tsx';
import { useOpenedDocument } from '../../ui/viewer/use-opened-document.ts';
import { DossierViews } from './dossier-views.tsx';
import listStyles from './list.module.css';
import { ReadScans } from './read-scans.tsx';
import { TrayForm } from './scan-tray-form.tsx';
import styles from './tray.module.css';

type Tray = OutputOf<'scans.tray'>;
type TrayFile = Tray['files'][number];

/** New scans in the scanner's folder: each is looked at, and told to which paper it belongs (D8). */
export function ScanTray() {
  const { t } = useText();
  const tray = useArchiveQuery('scans.tray', {}, { keepPrevious: true });
  return (
    <section className={listStyles.screen} aria-label={t('dossiers.view.tray')}>
      <header className={listStyles.head}>
        <h1 className={listStyles.title}>{t('dossiers.title')}</h1>
        <DossierViews />
      </header>
      <ReadScans />
      {tray.error !== null ? (
        <ErrorState error={tray.error} onRetry={() => void tray.refetch()} />
      ) : tray.data === undefined ? (
        <LoadingSkeleton shape="rows" count={8} />
      ) : tray.data.files.length === 0 ? (
        <NothingNew tray={tray.data} />
      ) : (
        <Files tray={tray.data} />
      )}
    </section>
  );
}

/** Nothing to do: no folder is watched, it is not there, or everything of it is sealed. */
function NothingNew({ tray }: { readonly tray: Tray }) {
  const { t } = useText();
  const { go } = useNavigate();
  const toSettings = (
    <Button icon={IconSettings} onClick={() => go({ screen: 'settings' })}>
      {t('tray.toSettings')}
    </Button>
  );
  if (tray.folder === '')
    return (
      <EmptyState icon={IconInbox} title={t('tray.noFolder')} actions={toSettings}>
        {t('tray.noFolderText')}
      </EmptyState>
    );
  if (tray.missing)
    return (
      <EmptyState icon={IconPlugOff} title={t('tray.missing')} actions={toSettings}>
        {t('tray.missingText', { folder: tray.folder })}
      </EmptyState>
    );
  return (
    <EmptyState icon={IconInbox} title={t('tray.nothingNew')}>
      {t('tray.nothingNewText', { folder: tray.folder })} <Counts tray={tray} />
    </EmptyState>
  );
}

/** What lies in the folder and is not shown, and the way to see again what was put away. */
function Counts({ tray }: { readonly tray: Tray }) {
  const { t } = useText();
  const putAway = useArchiveCommand('scans.trayPutAway');
  if (tray.sealed + tray.putAway === 0) return null;
  return (
    <span className={styles.soft}>
      {t('tray.counts', { sealed: tray.sealed, putAway: tray.putAway })}{' '}
      {tray.putAway > 0 && (
        <Button kind="link" onClick={() => putAway.mutate({ undo: true })}>
          {t('tray.showAgain')}
        </Button>
      )}
    </span>
  );
}

function Files({ tray }: { readonly tray: Tray }) {
  const { t } = useText();
  const formats = useFormats();
  const sound = tray.files.filter(({ problem }) => problem === '');
  const [looked, setLooked] = useState(sound[0]?.name ?? tray.files[0]?.name ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const putAway = useArchiveCommand('scans.trayPutAway');
  const file = tray.files.find(({ name }) => name === looked);
  const first = sound[0]?.name;
  useEffect(() => {
    if (file === undefined && first !== undefined) setLooked(first);
  }, [file, first]);
  const taken = sound.filter(({ name }) => (chosen.size === 0 ? name === looked : chosen.has(name)));
  const toggle = (name: string): void =>
    setChosen((former) => {
      const next = new Set(former);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  const away = (files: readonly TrayFile[]): void =>
    putAway.mutate(
      { files: files.map(({ name, sha256 }) => ({ name, sha256 })) },
      {
        onSuccess: () => {
          setChosen(new Set());
          toast(t('tray.wasPutAway', { count: files.length }), {
            undo: { label: t('kit.undo'), run: () => putAway.mutate({ undo: true }) },
          });
        },
      },
    );
  return (
    <div className={styles.body}>
      <div className={styles.files}>
        <p className={styles.soft}>
          {t('tray.folder', { folder: tray.folder })} <Counts tray={tray} />
        </p>
        <ul className={styles.list} aria-label={t('dossiers.view.tray')}>
          {tray.files.map((one) => (
            <li key={one.name} className={styles.file} data-looked={one.name === looked || undefined}>
              <Checkbox
                size="xs"
                aria-label={t('tray.choose', { name: one.name })}
                disabled={one.problem !== ''}
                checked={chosen.has(one.name)}
                onChange={() => toggle(one.name)}
              />
              <button
                type="button"
                className={styles.fileButton}
                aria-current={one.name === looked}
                onClick={() => setLooked(one.name)}
              >
                <span className={styles.fileName}>{one.name}</span>
                <span className={styles.soft}>
                  {one.pages > 0 && `${t('dossiers.pages', { count: one.pages })} · `}
                  {formats.bytes(one.size)} · {formats.instant(one.modifiedAt)}
                </span>
                {one.sameAs.length > 0 && <Tag tone="amber">{t('tray.sameAs', { code: one.sameAs.join(' ') })}</Tag>}
                {one.problem !== '' && (
                  <Tag tone="seal">{t(one.problem === 'growing' ? 'tray.growing' : `error.${one.problem}`)}</Tag>
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.look}>
        {file !== undefined && file.problem === '' ? (
          <TrayPicture key={file.name} file={file} />
        ) : (
          <p className={styles.note}>{t('tray.cannotLook')}</p>
        )}
      </div>
      <div className={styles.form}>
        <TrayForm
          key={taken[0]?.name ?? ''}
          files={taken}
          removes={tray.removes}
          onFiled={() => setChosen(new Set())}
          onPutAway={() => away(taken.length > 0 ? taken : file === undefined || file.sha256 === '' ? [] : [file])}
        />
      </div>
    </div>
  );
}

function TrayPicture({ file }: { readonly file: TrayFile }) {
  const { opened, content, firstPage, error } = useOpenedDocument(`${file.name} ${file.sha256}`, () =>
    archive.call('scans.trayOpen', { name: file.name }),
  );
  return (
    <DocumentViewer
      name={file.name}
      mediaType={opened?.mediaType ?? file.mediaType}
      content={content}
      firstPage={firstPage}
      pages={opened?.pages}
      error={error}
    />
  );
}
