import { isPaperValue } from '../../shared/domain/many-papers.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { insertPaperAct, updatePaper } from '../store/papers.ts';
import type { HandlersOf } from './context.ts';
import { mustNotBeBound } from './dossiers.ts';
import { getPaper, reindexPaper } from './paper-record.ts';

/** Several catalogue entries corrected in one act: one entry of the log that names each, one line in the trail of each. */
export const manyPapersHandlers: HandlersOf<'dossiers.changeMany'> = {
  'dossiers.changeMany': {
    phase: 'command',
    run(context, { field, changes, reason }) {
      const { sql, clock, actor } = context;
      context.note({
        object: `paper:${changes[0]?.code ?? ''}`,
        why: reason,
        data: { field, papers: changes.map(({ code }) => code) },
      });
      const at = clock.now().toISOString();
      for (const { code, was, becomes } of changes) {
        const row = getPaper(sql, code);
        const value = becomes.normalize('NFC').trim();
        if (!isPaperValue(field, value))
          throw new AppError('INPUT_INVALID', {
            fields: [{ path: 'changes', message: 'validation.notAnOption', params: { options: '' } }],
          });
        // Somebody else was here since the list was looked at.
        if (row[field] !== was)
          throw new AppError('CONFLICT', { params: { what: 'paper', number: row.code, revision: row.revision } });
        mustNotBeBound(row);
        const next = { ...row, [field]: value };
        updatePaper(sql, { ...next, revision: row.revision + 1 });
        insertPaperAct(sql, {
          paper_id: row.id,
          at,
          by: actor.displayName,
          act: field === 'place' ? 'relocated' : 'changed',
          reason,
          detail: field === 'place' ? `${was} → ${value}` : field,
        });
        reindexPaper(sql, next);
      }
      return { papers: changes.length };
    },
  },
};
