import { joinPdfs } from '../print/join-pdfs.ts';
import type { PrintedForm } from '../print/printer.ts';
import { findAttachment } from '../store/attachments.ts';
import { findLoanById, loanEvents } from '../store/loans.ts';
import { findStaff } from '../store/staff.ts';
import { getBreach, shownBreach } from './breach-record.ts';
import { evidenceOf, frozenOf } from './breaches.ts';
import type { CommandContext } from './context.ts';
import { readSealed } from './documents.ts';
import { givenNotices } from './loan-record.ts';
import { printCommon } from './print-common.ts';
import { actText, filledText, recordText } from './record-texts.ts';
import { dayOf, todayOf } from './today.ts';

const day = (instant: string) => dayOf(new Date(instant));

/**
 * The breach file (B3): one bundle with what was found and done, room for the statement, the log's evidence with its hashes, and behind
 * it the frozen borrow forms themselves, whose hashes it names.
 */
export async function printBreachFile(context: CommandContext, number: string): Promise<PrintedForm> {
  const { sql, clock, archive, printer, signal } = context;
  const today = todayOf(clock);
  const base = printCommon(context);
  const { language } = base;
  const words = (key: string) => recordText(language, key);
  const row = getBreach(sql, number);
  const breach = shownBreach(sql, row, today);
  context.note({ object: `breach:${row.number}` });
  const staff = findStaff(sql, row.borrower_id, today);
  const loanRow = row.loan_id === null ? undefined : findLoanById(sql, row.loan_id);
  const { loan } = breach;
  const events = loanRow === undefined ? [] : loanEvents(sql, [loanRow.id]);
  const notices = loanRow === undefined ? [] : givenNotices(events, loanRow.id);
  const recalls = events.filter((event) => event.kind === 'recall');
  const line = (label: string, value: string, wide = false) => ({ label: words(label), value, wide });
  const frozen = frozenOf(sql, row);
  const file = await printer.printForm(
    'breachFile',
    {
      ...base,
      caseNumber: row.number,
      kind: words(`breachKind.${row.kind}`),
      state: words(`breachState.${row.state}`),
      openedOn: day(row.opened_at),
      openedBy: row.opened_by,
      borrower: { name: row.borrower, department: row.department, position: staff?.position ?? '' },
      facts: row.facts,
      loan:
        loan === null
          ? []
          : [
              line('loanField.number', loan.loanNumber),
              line('loanField.code', loan.code),
              line('loanField.title', loan.title, true),
              line('loanField.customer', `${loan.customer} ${loan.customerName}`, true),
              line('loanField.lentOn', day(loan.lentAt)),
              line('loanField.due', loan.due),
              line('loanField.pagesOut', `${loan.pagesOut}　${words(`condition.${loan.conditionOut}`)}`),
              line(
                'loanField.pagesIn',
                loan.returnedAt === null
                  ? words('loanField.stillOut')
                  : `${loan.pagesIn ?? ''}　${words(`condition.${loan.conditionIn ?? 'intact'}`)}　${day(loan.returnedAt)}`,
              ),
              ...(loan.missingPages === '' ? [] : [line('loanField.missingPages', loan.missingPages)]),
              line('loanField.approvedBy', loan.approvedBy),
              ...recalls.map((one) =>
                line('loanField.recall', `${day(one.at)} → ${one.to_day ?? ''}　${one.text}`, true),
              ),
              line(
                'loanField.notices',
                notices
                  .map((one) => `${one.day} ${words(`noticeKind.${one.kind}`)}${one.step > 0 ? ` ${one.step}` : ''}`)
                  .join('；'),
                true,
              ),
            ],
      acts: breach.acts.map((act) => ({
        on: day(act.at),
        act: [words(`breachAct.${act.act}`), act.measure === null ? '' : words(`breachMeasure.${act.measure}`)]
          .filter((part) => part !== '')
          .join('：'),
        text: [
          act.text,
          act.decidedBy === '' ? '' : filledText(language, 'breachField.decidedBy', { name: act.decidedBy }),
        ]
          .filter((part) => part !== '')
          .join('\n'),
        by: act.by,
      })),
      outcome: breach.outcome,
      frozen: frozen.map((one) => ({
        name: words(`loan.stage.${one.stage}`),
        on: day(one.at),
        sha256: one.sha256,
      })),
      log: evidenceOf(context, row).map((entry) => ({
        sequence: entry.seq,
        at: entry.ts,
        actor: entry.actor,
        act:
          entry.outcome === 'ok'
            ? actText(language, entry.type)
            : `${actText(language, entry.type)} (${words(`logOutcome.${entry.outcome}`)})`,
        object: entry.obj,
        hash: entry.hash,
      })),
      auditHead: archive.audit.head().chain,
    },
    { signal },
  );
  const kept = frozen.flatMap((one) => findAttachment(sql, one.attachment_id) ?? []);
  const forms: Buffer[] = [];
  for (const form of kept) forms.push(await readSealed(archive, form, form.name));
  return {
    pdf: await joinPdfs([file.pdf, ...forms], `${words('kit.print.breachFile')} ${row.number}`),
    pages: file.pages + kept.reduce((sum, form) => sum + form.pages, 0),
    missingGlyphs: file.missingGlyphs,
  };
}
