import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useNavigate } from '../../state/navigation.ts';
import { Button } from '../../ui/actions/button.tsx';
import { FormDialog } from '../../ui/dialog/dialog.tsx';
import { ReasonField } from '../../ui/form/reason-field.tsx';
import { ErrorNote } from '../../ui/states/error-state.tsx';
import { Tag } from '../../ui/text/tag.tsx';
import styles from './steps.module.css';

type Lasting = OutputOf<'archiveYears.lasting'>['papers'][number];
const SHOWN = 12;
const MOST = 500;

/** Basic papers that stay valid (Y1): each goes on in the current dossier, and the volume keeps a copy, unless decided otherwise. */
export function LastingPapers({ year, mayChange }: { readonly year: number; readonly mayChange: boolean }) {
  const { t } = useText();
  const formats = useFormats();
  const { go } = useNavigate();
  const [all, setAll] = useState(false);
  const [deciding, setDeciding] = useState<Lasting | null>(null);
  const query = useArchiveQuery('archiveYears.lasting', { year, limit: MOST }, { keepPrevious: true });
  const papers = query.data?.papers ?? [];
  if (papers.length === 0) return null;
  const shown = all ? papers : papers.slice(0, SHOWN);
  return (
    <section aria-label={t('binding.lasting')}>
      <h2 className={styles.title}>{t('binding.lasting')}</h2>
      <p className={styles.soft}>
        {t('binding.lastingText', { count: query.data?.carried ?? 0, total: query.data?.total ?? 0, year: year + 1 })}
      </p>
      <table className={styles.lasting}>
        <thead>
          <tr>
            <th scope="col">{t('binding.subject')}</th>
            <th scope="col">{t('binding.customer')}</th>
            <th scope="col">{t('binding.paperTitle')}</th>
            <th scope="col">{t('dossiers.field.validUntil')}</th>
            <th scope="col">{t('binding.state')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('binding.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((paper) => (
            <tr key={paper.code}>
              <td>
                <Button kind="link" onClick={() => go({ screen: 'dossiers', params: { paper: paper.code } })}>
                  {paper.code}
                </Button>
              </td>
              <td>{paper.customerName}</td>
              <td>{paper.title}</td>
              <td>{paper.validUntil === null ? t('binding.noEnd') : formats.day(paper.validUntil)}</td>
              <td>
                <Tag tone={paper.carried ? 'lake' : 'plain'}>
                  {t(paper.carried ? 'binding.carried' : 'binding.bindIt')}
                </Tag>
                {paper.reason !== '' && <p className={styles.reason}>{paper.reason}</p>}
              </td>
              <td>
                {mayChange && (
                  <Button size="small" kind="quiet" onClick={() => setDeciding(paper)}>
                    {t(paper.carried ? 'binding.bindInstead' : 'binding.carryInstead')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < papers.length && (
        <Button kind="link" onClick={() => setAll(true)}>
          {t('binding.more', { count: papers.length - shown.length })}
        </Button>
      )}
      {deciding !== null && <CarryDialog year={year} paper={deciding} onClose={() => setDeciding(null)} />}
    </section>
  );
}

function CarryDialog({
  year,
  paper,
  onClose,
}: {
  readonly year: number;
  readonly paper: Lasting;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const carry = useArchiveCommand('archiveYears.carry');
  const label = t(paper.carried ? 'binding.bindInstead' : 'binding.carryInstead');
  const submit = () =>
    carry
      .mutateAsync({ year, code: paper.code, carry: !paper.carried, reason: reason.trim() })
      .then(onClose, () => undefined);
  return (
    <FormDialog
      title={label}
      submitLabel={label}
      onClose={onClose}
      onSubmit={() => void submit()}
      busy={carry.isPending}
      maySubmit={reason.trim() !== ''}
    >
      <p>
        {paper.code} · {paper.title} · {paper.customerName}
      </p>
      <ErrorNote error={carry.error} showFields />
      <ReasonField value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  );
}
