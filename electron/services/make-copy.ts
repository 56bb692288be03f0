import { createHash } from 'node:crypto';
import { DEFAULT_PATTERNS, formatNumber } from '../../shared/domain/numbering.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { findAgreement } from '../store/agreements.ts';
import { requestedCustomers } from '../store/copy-requests.ts';
import { insertIssuedCopy } from '../store/issued-copies.ts';
import { takeSequence } from '../store/number-sequence.ts';
import { indexRecord } from '../store/search-index.ts';
import { findStaff } from '../store/staff.ts';
import { consumeAgreement } from './agreements.ts';
import type { HandlersOf } from './context.ts';
import { copyContent, copyScans } from './copy-print.ts';
import { getCopy, shownCopy } from './copy-record.ts';
import {
  consentStatement,
  getCopyRequest,
  requestedPapers,
  requireDayToCome,
  requireMayIssue,
  requireOpen,
} from './copy-requests.ts';
import { scannedPages } from './paper-scans.ts';
import { printCommon } from './print-common.ts';
import { recordText } from './record-texts.ts';
import { todayOf } from './today.ts';

/** The one way to a copy (I1, I2): consent used up, number taken, typeset and registered in one transaction; a failed print uses nothing up. */
export const makeCopyHandlers: HandlersOf<'copies.make'> = {
  'copies.make': {
    phase: 'command',
    async run(context, { requestNumber }) {
      const { sql, clock, actor, printer, signal, shelf } = context;
      const today = todayOf(clock);
      const request = getCopyRequest(sql, requestNumber);
      context.note({ object: `copyRequest:${request.number}` });
      requireOpen(request);
      requireDayToCome(request.recover_by, today);
      const staff = findStaff(sql, request.recipient_id, today);
      if (staff === undefined) throw new AppError('INTERNAL');
      const papers = requestedPapers(sql, request.id);
      const customers = requestedCustomers(sql, request.id).map((customer) => customer.id);
      await requireMayIssue(context, staff, request.recipient_role, papers, customers);
      const year = Number(today.slice(0, 4));
      const number = formatNumber(DEFAULT_PATTERNS.issue, takeSequence(sql, `issue-${year}`), year);
      const agreed = consumeAgreement(context, consentStatement(sql, request), `copy:${number}`);
      const agreementId = findAgreement(sql, agreed.number)?.id;
      if (agreementId === undefined) throw new AppError('INTERNAL');
      const base = printCommon(context);
      const printed = await printer.printForm(
        'issuedCopy',
        {
          ...base,
          copyNumber: number,
          recipient: { name: staff.name, department: staff.department, position: staff.position },
          shows: recordText(base.language, `copies.showsLong.${request.recipient_role}`),
          purpose: request.purpose,
          consentBy: agreed.name,
          consentNumber: agreed.number,
          madeOn: today,
          recoverBy: request.recover_by,
          ...copyContent(context, base.language, request, papers),
        },
        { signal, scans: copyScans(context, base.language, { number, today, request, papers }) },
      );
      const sha256 = createHash('sha256').update(printed.pdf).digest('hex');
      const id = insertIssuedCopy(sql, {
        number,
        request_id: request.id,
        agreement_id: agreementId,
        recipient_id: request.recipient_id,
        recipient_role: request.recipient_role,
        made_at: clock.now().toISOString(),
        made_by: actor.displayName,
        pages: printed.pages,
        sha256,
        recover_by: request.recover_by,
      });
      indexRecord(sql, { kind: 'copy', id, name: staff.name, body: [number, request.number] });
      context.note({
        data: {
          copy: number,
          recipient: `staff:${request.recipient_id}`,
          role: request.recipient_role,
          customers: requestedCustomers(sql, request.id).map((one) => one.number),
          papers: papers.map((paper) => paper.code),
          scannedPages: papers.reduce((sum, paper) => sum + scannedPages(sql, paper), 0),
          pages: printed.pages,
          sha256,
        },
      });
      const name = `${number}.pdf`;
      const document = shelf.put({ name, mediaType: 'application/pdf', bytes: printed.pdf });
      context.onRollback(() => shelf.close(document));
      return {
        copy: shownCopy(sql, getCopy(sql, number), today),
        document,
        pages: printed.pages,
        bytes: printed.pdf.length,
        name,
        missingGlyphs: [...new Set(printed.missingGlyphs.map((glyph) => glyph.codePoint))],
      };
    },
  },
};
