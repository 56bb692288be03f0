import { createHash } from 'node:crypto';
import type { OfficeInventory } from '../../shared/contract/people.ts';
import { copiesOut } from '../store/issued-copies.ts';
import { countedCards } from '../store/kept-counts.ts';
import { openLoanLines, scanFingerprints } from '../store/office.ts';
import { papersByPlace } from '../store/places.ts';
import { compareAtoms } from '../store/record-lists/record-figures.ts';
import type { Reader } from '../store/sql.ts';
import { listVolumes } from '../store/volumes.ts';
import { canonicalJson } from '../vault/canonical-json.ts';
import { sha256Hex } from '../vault/hash.ts';
import { listUsers } from '../vault/vault.ts';
import type { QueryContext } from './context.ts';
import { dutiesToday, dutyContext } from './duties.ts';
import { inTurns } from './in-turns.ts';
import { rememberedWhileUnchanged } from './remembered.ts';
import { readSettings } from './settings.ts';
import { todayOf } from './today.ts';

type Section = OfficeInventory['sections'][number];
type Item = Section['items'][number];

const counted = (key: string, count: number): Section => ({ key, count, items: [] });
const listed = (key: string, items: readonly Item[]): Section => ({ key, count: items.length, items: [...items] });

/** What is in the cabinets, in the store of scans and out of the house: the long part of the inventory. */
function* holdings(sql: Reader) {
  // Papers that were taken out are not held.
  const places = yield* papersByPlace(sql, ['inPlace', 'lent', 'bound']);
  places.sort((a, b) => compareAtoms(a.place, b.place));
  const sum = (key: 'papers' | 'pages' | 'originals') => places.reduce((total, place) => total + place[key], 0);
  const loans = yield* openLoanLines(sql);
  const fingerprint = createHash('sha256');
  let scans = 0;
  for (const piece of scanFingerprints(sql)) {
    for (const sha256 of piece) {
      fingerprint.update(scans === 0 ? sha256 : `\n${sha256}`);
      scans += 1;
    }
    yield;
  }
  return {
    papers: sum('papers'),
    originals: sum('originals'),
    pages: sum('pages'),
    places,
    loans,
    scans,
    scanFingerprint: fingerprint.digest('hex'),
  };
}

/**
 * Everything that goes over with the office (M3): what the archive holds, where it stands, what is out, what waits, the bound volumes
 * with their fingerprints, and who may sign in. A new area adds its line here and `handover.section.<key>` to the catalogues.
 * Worked out in turns with whatever else is asked.
 */
export async function officeInventory(
  context: Pick<QueryContext, 'archive' | 'clock' | 'sql' | 'signal'>,
): Promise<OfficeInventory> {
  const { archive, clock, sql, signal } = context;
  const has = await rememberedWhileUnchanged(archive).find(['officeHoldings'], () => inTurns(holdings(sql), signal));
  const now = clock.now().toISOString();
  const users = await listUsers({ directory: archive.directory, opened: archive.vault });
  const sections: Section[] = [
    counted('enterprises', countedCards(sql, { kind: 'enterprise' }).cards),
    counted('individuals', countedCards(sql, { kind: 'individual' }).cards),
    counted('papers', has.papers),
    counted('originals', has.originals),
    counted('pages', has.pages),
    {
      key: 'scans',
      count: has.scans,
      items: has.scans === 0 ? [] : [{ number: 'SHA-256', title: has.scanFingerprint, detail: '' }],
    },
    listed(
      'places',
      has.places.map(({ place, papers, pages }) => ({
        number: place,
        title: '',
        detail: `${papers} / ${pages}`,
      })),
    ),
    listed(
      'volumes',
      listVolumes(sql, undefined, 0, 100_000).rows.map((volume) => ({
        number: volume.code,
        title: volume.title,
        detail: `${volume.pages} · ${volume.sha256}`,
      })),
    ),
    listed(
      'openLoans',
      has.loans.map((loan) => ({
        number: loan.number,
        title: `${loan.code} ${loan.title}`,
        detail: `${loan.borrower} · ${loan.due}`,
      })),
    ),
    listed(
      'openCopies',
      copiesOut(sql).map((copy) => ({
        number: copy.number,
        title: copy.purpose,
        detail: `${copy.recipient} · ${copy.recover_by}`,
      })),
    ),
    listed(
      'duties',
      dutiesToday(dutyContext(context), 0).map((duty) => ({
        number: `duty.${duty.key}`,
        title: '',
        detail: String(duty.count),
      })),
    ),
    listed(
      'users',
      users
        .filter(({ validUntil }) => validUntil === null || validUntil > now)
        .map((user) => ({ number: user.login, title: user.displayName, detail: `role.${user.role}` })),
    ),
  ];
  const content = {
    archive: archive.name,
    institution: readSettings(sql).institution,
    vaultId: archive.vault.vaultId,
    day: todayOf(clock),
    keeper: { login: archive.deskActor.login, displayName: archive.deskActor.displayName },
    sections,
  };
  return { ...content, sha256: inventoryHash(content) };
}

/** SHA-256 (hex) of the inventory's canonical JSON. */
export function inventoryHash(content: Omit<OfficeInventory, 'sha256'>): string {
  return sha256Hex(canonicalJson({ v: 1, ...content }));
}
