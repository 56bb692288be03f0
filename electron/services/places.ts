import { movedPlace, type PlaceNode, placeSteps, placeTree } from '../../shared/domain/places.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { PrintCommon, TableReportForm } from '../print/print-data.ts';
import { insertPaperAct, updatePaper } from '../store/papers.ts';
import { insertPlaceMove, listPlaceMoves, papersOfPlace, placeHoldings } from '../store/places.ts';
import type { CommandContext, HandlersOf } from './context.ts';
import { atOneGo, inTurns } from './in-turns.ts';
import { reindexPaper } from './paper-record.ts';
import { filledText, recordText } from './record-texts.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { dayOf } from './today.ts';

/** Places (C10): what stands where, and moving a binder, a shelf or a cabinet with everything in it. */

/** True if one of two places is the other, or lies below it. */
const onOnePath = (a: string, b: string) => movedPlace(a, b, '') !== undefined || movedPlace(b, a, '') !== undefined;

const isAt = (node: PlaceNode, place: string) => place === '' || movedPlace(node.path, place, '') !== undefined;

/** Holdings by place, of all places or of those at and below one. @throws AppError NOT_FOUND when nothing stands there */
export async function placeHoldingsForm(
  { sql, signal }: Pick<CommandContext, 'sql' | 'signal'>,
  base: PrintCommon,
  place: string,
): Promise<TableReportForm> {
  const word = (key: string) => recordText(base.language, key);
  const nodes = placeTree(await inTurns(placeHoldings(sql), signal)).filter((node) => isAt(node, place.trim()));
  if (nodes.length === 0) throw new AppError('NOT_FOUND', { params: { what: 'place', number: place } });
  const least = Math.min(...nodes.map(({ depth }) => depth));
  const tops = nodes.filter(({ depth }) => depth === least);
  const sum = (key: 'papers' | 'pages' | 'originals' | 'out' | 'places') =>
    tops.reduce((total, node) => total + node[key], 0);
  return {
    ...base,
    title: word('kit.print.placeHoldings'),
    particulars: [
      { label: word('places.place'), value: place.trim() === '' ? word('places.all') : place.trim() },
      {
        label: word('places.sum'),
        value: filledText(base.language, 'places.sumOf', {
          places: sum('places'),
          papers: sum('papers'),
          pages: sum('pages'),
        }),
      },
    ],
    columns: [
      { label: word('places.place'), share: 3 },
      { label: word('places.places'), share: 0.8, align: 'end' },
      { label: word('places.papers'), share: 0.8, align: 'end' },
      { label: word('places.pages'), share: 0.8, align: 'end' },
      { label: word('places.originals'), share: 0.8, align: 'end' },
      { label: word('places.out'), share: 0.8, align: 'end' },
      { label: word('places.lastCheck'), share: 1.2 },
    ],
    rows: nodes.map((node) => [
      `${'\u3000'.repeat(node.depth - least)}${node.name === '' ? word('places.none') : node.name}`,
      String(node.places),
      String(node.papers),
      String(node.pages),
      String(node.originals),
      String(node.out),
      node.lastCheck === null ? '' : dayOf(new Date(node.lastCheck)),
    ]),
  };
}

export const placeHandlers: HandlersOf<'places.tree' | 'places.move' | 'places.moves'> = {
  'places.tree': {
    phase: 'query',
    async run({ sql, archive, signal }) {
      const nodes = await rememberedWhileUnchanged(archive).find(['placeTree'], async () =>
        placeTree(await inTurns(placeHoldings(sql), signal)),
      );
      return { nodes: nodes.map((node) => ({ ...node })) };
    },
  },
  'places.move': {
    phase: 'command',
    run(context, { from, to, reason }) {
      const { sql, clock, actor } = context;
      const target = to.normalize('NFC').trim();
      context.note({ object: `place:${from}`, why: reason, data: { to: target } });
      if (placeSteps(target).length === 0 || target === from)
        throw new AppError('INPUT_INVALID', { fields: [{ path: 'to', message: 'validation.anotherPlace' }] });
      const at = clock.now().toISOString();
      const by = actor.displayName;
      let papers = 0;
      let places = 0;
      for (const { place } of atOneGo(placeHoldings(sql))) {
        const next = movedPlace(place, from, target);
        if (next === undefined) continue;
        places += 1;
        for (const paper of papersOfPlace(sql, place)) {
          updatePaper(sql, { ...paper, place: next, revision: paper.revision + 1 });
          insertPaperAct(sql, { paper_id: paper.id, at, by, act: 'relocated', reason, detail: `${place} → ${next}` });
          reindexPaper(sql, { ...paper, place: next });
          papers += 1;
        }
      }
      if (papers === 0) throw new AppError('NOT_FOUND', { params: { what: 'place', number: from } });
      insertPlaceMove(sql, { from_place: from, to_place: target, papers, at, by, reason });
      context.note({ data: { papers, places } });
      return { papers, places };
    },
  },
  'places.moves': {
    phase: 'query',
    run({ sql }, { place, offset, limit }) {
      const moves = listPlaceMoves(sql).filter(
        (row) => place === undefined || onOnePath(row.from_place, place) || onOnePath(row.to_place, place),
      );
      return {
        total: moves.length,
        moves: moves.slice(offset, offset + limit).map((row) => ({
          from: row.from_place,
          to: row.to_place,
          papers: row.papers,
          at: row.at,
          by: row.by,
          reason: row.reason,
        })),
      };
    },
  },
};
