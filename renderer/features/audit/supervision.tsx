import { PasswordInput, Select } from '@mantine/core';
import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useArchiveCommand, useArchiveQuery } from '../../gateway/use-archive.ts';
import { useFormats } from '../../i18n/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { useActingRole } from '../../state/session.ts';
import { Button } from '../../ui/actions/button.tsx';
import { toast } from '../../ui/dialog/toasts.tsx';
import { CodeField, isCodeAsked, useCode } from '../../ui/form/code-field.tsx';
import pageStyles from '../../ui/frame/page.module.css';
import { Section } from '../../ui/frame/page.tsx';
import { ErrorNote, ErrorState } from '../../ui/states/error-state.tsx';
import { useToday } from '../../ui/text/use-today.ts';
import { usePrint } from '../../ui/viewer/use-print.ts';
import styles from './audit.module.css';

const MONTHS_SHOWN = 12;

/** The present month and the eleven before it, the newest first. */
function lastMonths(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: MONTHS_SHOWN }, (_, back) => {
    const at = new Date(Date.UTC(year, month - 1 - back, 1));
    return at.toISOString().slice(0, 7);
  });
}

/** What the supervisor looks at once a month, and signs (R73, R74). */
export function Supervision() {
  const { t } = useText();
  const formats = useFormats();
  const print = usePrint();
  const acts = useActingRole() !== undefined;
  const months = lastMonths(useToday().today);
  const [month, setMonth] = useState(months[0] ?? '');
  const answer = useArchiveQuery('audit.report', { month }, { keepPrevious: true });
  const report = answer.data;
  if (answer.error !== null) return <ErrorState error={answer.error} />;
  const nothing = report?.signals.every((signal) => !signal.remarkable) ?? false;
  return (
    <div className={pageStyles.narrow}>
      <Section
        title={t('supervision.report')}
        tools={
          <>
            <Select
              aria-label={t('supervision.month')}
              size="xs"
              w={130}
              allowDeselect={false}
              data={months}
              value={month}
              onChange={(value) => setMonth(value ?? month)}
            />
            {acts && (
              <Button
                size="small"
                icon={IconPrinter}
                onClick={() => print({ form: 'supervisionReport', number: month })}
              >
                {t('kit.print.supervisionReport')}
              </Button>
            )}
          </>
        }
      >
        <div className={pageStyles.form}>
          <p className={pageStyles.lead}>{t('supervision.text')}</p>
        </div>
        {report !== undefined && (
          <>
            <dl className={pageStyles.facts}>
              <dt>{t('supervision.entries')}</dt>
              <dd>{formats.number(report.entries)}</dd>
              <dt>{t('supervision.unanchored')}</dt>
              <dd>{formats.number(report.unanchored)}</dd>
              <dt>{t('supervision.lastBackup')}</dt>
              <dd>{report.lastBackup === null ? t('supervision.never') : formats.instant(report.lastBackup)}</dd>
              <dt>{t('supervision.lastDrill')}</dt>
              <dd>{report.lastDrill === null ? t('supervision.never') : formats.instant(report.lastDrill)}</dd>
              <dt>{t('supervision.lastFixity')}</dt>
              <dd>{report.lastFixity === null ? t('supervision.never') : formats.instant(report.lastFixity)}</dd>
            </dl>
            <ul className={styles.checks}>
              {report.signals.map((signal) => (
                <li key={signal.key} className={styles.signal}>
                  {signal.remarkable ? (
                    <IconAlertTriangle size={16} className={styles.bad} aria-label={t('supervision.ask')} />
                  ) : (
                    <span />
                  )}
                  <span>{t(`supervision.signal.${signal.key}`)}</span>
                  <span className={styles.signalCount}>{formats.number(signal.count)}</span>
                  <span className={styles.soft}>
                    {signal.remarkable && signal.entries.map((seq) => formats.number(seq)).join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
            {nothing && <p className={styles.soft}>{t('supervision.nothing')}</p>}
            {report.people.map((person) => (
              <p key={person.login} className={styles.soft}>
                {t('supervision.people', {
                  login: person.login,
                  entries: formats.number(person.entries),
                  views: formats.number(person.views),
                })}
              </p>
            ))}
          </>
        )}
      </Section>
      {acts && <Countersign month={month} last={report?.countersigned ?? null} />}
    </div>
  );
}

function Countersign({
  month,
  last,
}: {
  readonly month: string;
  readonly last: { readonly at: string; readonly by: string } | null;
}) {
  const { t } = useText();
  const formats = useFormats();
  const users = useArchiveQuery('users.list', {}).data?.users;
  const [login, setLogin] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const sign = useArchiveCommand('audit.countersign');
  const supervisors = users?.filter((user) => user.role === 'supervisor' && user.active) ?? [];
  const chosen = login ?? supervisors[0]?.login ?? '';
  const code = useCode(sign.error, chosen);
  return (
    <Section
      title={t('supervision.countersign')}
      note={
        last === null
          ? t('supervision.neverSigned')
          : t('supervision.lastSignedBy', { at: formats.instant(last.at), name: last.by })
      }
    >
      {users !== undefined && supervisors.length === 0 ? (
        <p className={pageStyles.lead}>{t('supervision.noSupervisor')}</p>
      ) : (
        <form
          noValidate
          className={pageStyles.form}
          onSubmit={(event) => {
            event.preventDefault();
            sign.mutateAsync({ login: chosen, secret, ...code.input, month }).then(
              ({ by, size }) => {
                setSecret('');
                code.onChange('');
                toast(t('supervision.countersigned', { name: by, size: formats.number(size) }));
              },
              (error) => isCodeAsked(error) || setSecret(''),
            );
          }}
        >
          {supervisors.length > 1 && (
            <Select
              label={t('role.supervisor')}
              allowDeselect={false}
              data={supervisors.map((user) => ({ value: user.login, label: user.displayName }))}
              value={chosen}
              onChange={setLogin}
            />
          )}
          <PasswordInput
            label={t('people.secretOf', {
              name: supervisors.find((user) => user.login === chosen)?.displayName ?? t('role.supervisor'),
            })}
            required
            autoComplete="off"
            value={secret}
            visibilityToggleButtonProps={{ 'aria-label': t('secret.show') }}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <CodeField code={code} />
          <ErrorNote error={code.isAsked ? null : sign.error} showFields />
          <div className={pageStyles.tabs}>
            <Button
              type="submit"
              kind="primary"
              busy={sign.isPending}
              disabled={secret === '' || chosen === '' || !code.ready}
            >
              {t('supervision.countersign')}
            </Button>
          </div>
        </form>
      )}
    </Section>
  );
}
