import {
  IconArrowsMove,
  IconEye,
  IconFileExport,
  IconPaperclip,
  IconPencil,
  IconReplace,
  IconUserShare,
} from '@tabler/icons-react';
import { type ChangeEvent, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Paper } from '../../../shared/contract/dossiers.ts';
import { paperFacts } from '../../../shared/domain/paper-facts.ts';
import { useArchiveQuery } from '../../gateway/use-archive.ts';
import { useText } from '../../i18n/use-text.ts';
import { Button } from '../../ui/actions/button.tsx';
import { useFieldKit } from '../../ui/fields/use-field-kit.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { LoadingSkeleton } from '../../ui/states/loading-skeleton.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import type { BinderActs } from './binder.tsx';
import { actsOf, type Dossier, typeOf } from './dossier-types.ts';
import { FormerScans } from './former-scans.tsx';
import styles from './paper.module.css';
import { attachScans, SCAN_ACCEPT, useScanUploads } from './scan-files.ts';
import { ScanFindings } from './scan-findings.tsx';
import { ScanViewer } from './scan-viewer.tsx';
import { UploadLine } from './upload-line.tsx';
import { useFileDrop } from './use-file-drop.ts';

type Trail = OutputOf<'dossiers.paper'>['trail'];

interface PaperPaneProps {
  readonly code: string;
  readonly dossier: Dossier;
  readonly acts: BinderActs;
  readonly onChange: (paper: Paper) => void;
}

/** A catalogue entry whole: what is written on it, its scans, its trail (D6–D8). */
export function PaperPane({ code, acts, onChange }: PaperPaneProps) {
  const entry = useArchiveQuery('dossiers.paper', { code });
  if (entry.error !== null) return <ErrorState error={entry.error} onRetry={() => void entry.refetch()} />;
  if (entry.data === undefined) return <LoadingSkeleton shape="form" />;
  const { paper, trail } = entry.data;
  const row = { kind: 'paper', key: paper.code, type: paper.type, paper } as const;
  const may = actsOf(row);
  return (
    <div className={styles.paper}>
      <PaperHead paper={paper} />
      {acts.mayChange && <PaperActs paper={paper} may={may} acts={acts} onChange={onChange} />}
      <Scans paper={paper} mayAttach={acts.mayChange && paper.state !== 'bound' && paper.state !== 'destroyed'} />
      <PaperFacts paper={paper} />
      <TrailList trail={trail} />
    </div>
  );
}

function PaperHead({ paper }: { readonly paper: Paper }) {
  const { t } = useText();
  return (
    <div>
      <p className={styles.type}>
        {typeOf(paper.type)?.number} {t(`documentType.${paper.type}`)}
      </p>
      <h3 className={styles.title}>{paper.title}</h3>
      <p className={styles.code}>{paper.code}</p>
      <p className={styles.tags}>
        <Tag tone={paper.state === 'lent' ? 'amber' : paper.state === 'bound' ? 'lake' : 'plain'}>
          {t(`dossiers.state.${paper.state}`)}
        </Tag>
        {paper.original && <Tag>{t('dossiers.original')}</Tag>}
        <Tag>{t(`option.securityLevel.${paper.security}`)}</Tag>
      </p>
    </div>
  );
}

function PaperActs({
  paper,
  may,
  acts,
  onChange,
}: {
  readonly paper: Paper;
  readonly may: ReturnType<typeof actsOf>;
  readonly acts: BinderActs;
  readonly onChange: (paper: Paper) => void;
}) {
  const { t } = useText();
  const row = { kind: 'paper', key: paper.code, type: paper.type, paper } as const;
  const begin = (kind: 'removed' | 'superseded' | 'putBack'): void => {
    acts.select(row);
    acts.act({ kind, row: paper.code, paper });
  };
  return (
    <div className={styles.acts}>
      {may.lend && (
        <Button size="small" icon={IconUserShare} onClick={() => acts.lend(row)}>
          {t('dossiers.lend')}
        </Button>
      )}
      {may.takeBack && (
        <Button size="small" kind="primary" icon={IconUserShare} onClick={() => acts.lend(row)}>
          {t('dossiers.takeBack')}
        </Button>
      )}
      {may.move && (
        <Button size="small" icon={IconPencil} onClick={() => onChange(paper)}>
          {t('dossiers.correct')}
        </Button>
      )}
      {may.move && (
        <Button
          size="small"
          icon={IconArrowsMove}
          onClick={() => {
            acts.select(row);
            acts.act({ kind: 'move', row: paper.code, paper, to: paper.type });
          }}
        >
          {t('dossiers.move')}
        </Button>
      )}
      {may.takeOut && (
        <>
          <Button size="small" icon={IconReplace} onClick={() => begin('superseded')}>
            {t('dossiers.supersede')}
          </Button>
          <Button size="small" icon={IconFileExport} onClick={() => begin('removed')}>
            {t('dossiers.takeOut')}
          </Button>
        </>
      )}
      {may.putBack && (
        <Button size="small" onClick={() => begin('putBack')}>
          {t('dossiers.putBack')}
        </Button>
      )}
    </div>
  );
}

function Scans({ paper, mayAttach }: { readonly paper: Paper; readonly mayAttach: boolean }) {
  const { t } = useText();
  const { formats } = useFieldKit();
  const picker = useRef<HTMLInputElement>(null);
  const [viewing, setViewing] = useState<string | null>(null);
  const [arranging, setArranging] = useState(false);
  const all = useScanUploads((state) => state.uploads);
  const uploads = all.filter((upload) => upload.code === paper.code);
  const take = (files: readonly File[]): void => void attachScans(paper.code, files);
  const { over, handlers } = useFileDrop({ onFiles: mayAttach ? take : undefined });
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = '';
    take(files);
  };
  return (
    <section className={styles.scans} data-over={over || undefined} {...handlers} aria-label={t('dossiers.scans')}>
      <h4 className={styles.sectionTitle}>{t('dossiers.scans')}</h4>
      {paper.scans.length === 0 && uploads.length === 0 && (
        <p className={styles.soft}>{t(mayAttach ? 'dossiers.noScans' : 'dossiers.noScansRead')}</p>
      )}
      <ul className={styles.scanList}>
        {paper.scans.map((scan) => (
          <li key={scan.id} className={styles.scan}>
            <button type="button" className={styles.scanOpen} onClick={() => setViewing(scan.id)}>
              <IconEye size={16} aria-hidden />
              <span className={styles.scanName}>{scan.name}</span>
            </button>
            <span className={styles.soft}>
              {t('dossiers.pages', { count: scan.pages })} · {formats.bytes(scan.size)}
            </span>
          </li>
        ))}
      </ul>
      {mayAttach && (
        <ScanFindings
          paper={paper}
          onArrange={() => {
            setArranging(true);
            setViewing(paper.scans[0]?.id ?? null);
          }}
        />
      )}
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} />
      ))}
      {mayAttach && (
        <>
          <input
            ref={picker}
            type="file"
            autoComplete="off"
            multiple
            hidden
            accept={SCAN_ACCEPT}
            onChange={pick}
            aria-label={t('dossiers.attach')}
            tabIndex={-1}
          />
          <Button size="small" icon={IconPaperclip} onClick={() => picker.current?.click()}>
            {t('dossiers.attach')}
          </Button>
        </>
      )}
      <FormerScans paper={paper} mayRestore={mayAttach} />
      {viewing !== null && (
        <ScanViewer
          paper={paper}
          scan={viewing}
          title={t('dossiers.viewing', { title: paper.title })}
          mayArrange={mayAttach}
          arranging={arranging}
          onClose={() => {
            setViewing(null);
            setArranging(false);
          }}
        />
      )}
    </section>
  );
}

function PaperFacts({ paper }: { readonly paper: Paper }) {
  const kit = useFieldKit();
  const facts = [
    ...paperFacts(paper, kit),
    [kit.t('dossiers.field.filed'), kit.formats.instant(paper.addedAt)] as const,
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Everything that happened to the paper, newest first (D7). */
function TrailList({ trail }: { readonly trail: Trail }) {
  const { t, has } = useText();
  const { formats } = useFieldKit();
  return (
    <section aria-label={t('dossiers.trail')}>
      <h4 className={styles.sectionTitle}>{t('dossiers.trail')}</h4>
      <ol className={styles.trail}>
        {trail.map((step) => (
          <li key={`${step.at} ${step.act} ${step.detail}`}>
            <span className={styles.when}>{formats.instant(step.at)}</span>
            <span>
              {has(`dossiers.trail.${step.act}`) ? t(`dossiers.trail.${step.act}`) : step.act}
              {step.act === 'relocated' && ` ${step.detail}`}
              {step.reason !== '' && `: ${step.reason}`}
              <span className={styles.soft}> {step.by}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
