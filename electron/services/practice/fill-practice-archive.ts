import { setImmediate as nextTurn } from 'node:timers/promises';
import { formatNumber } from '../../../shared/domain/numbering.ts';
import { settleClassSums } from '../../store/class-sums.ts';
import { listCustomers } from '../../store/customer-lists.ts';
import { setRate } from '../../store/dealings.ts';
import { listLoans } from '../../store/loans.ts';
import { passNumber } from '../../store/number-sequence.ts';
import { indexingMany, indexNewRecord } from '../../store/search-index.ts';
import type { Writer } from '../../store/sql.ts';
import { insertStaff } from '../../store/staff.ts';
import { addUser } from '../../vault/vault.ts';
import type { CallContext, OpenArchive } from '../context.ts';
import { touch } from '../session.ts';
import { readSettings, writeSettings } from '../settings.ts';
import { todayOf } from '../today.ts';
import type { PracticeWorld } from './enterprise-values.ts';
import { practiceCalendar } from './practice-calendar.ts';
import { kindOf, practiceCustomer } from './practice-customer.ts';
import { PRACTICE_KEEPER, PRACTICE_USERS, type PracticeUser, practiceStaff } from './practice-people.ts';
import { createScanSealer, type ScanSealer } from './seal-scans.ts';
import { writeArchiveMatters } from './write-archive.ts';
import { asDouble, asMember, doubleOf } from './write-card-matters.ts';
import { writeCopies } from './write-copies.ts';
import { writeCredit, writeRates } from './write-credit.ts';
import { writeCustody } from './write-custody.ts';
import { type WritingFrame, type WrittenPaper, writeCustomer } from './write-customers.ts';
import { writeInformationReports } from './write-information.ts';
import { type Borrower, writeLoans, writeLookup } from './write-loans.ts';
import { writeOfficeHandover } from './write-office.ts';
import { writeRevisions } from './write-revisions.ts';
import { type ReportFrame, visitedCustomers, writeCompetitors, writeDailyReports } from './write-visits.ts';

export { PRACTICE_KEEPER } from './practice-people.ts';

/** Units of the base currency for one of another, in millionths: so that analyses count every customer. */
const PRACTICE_RATES = { TWD: 224_000, USD: 7_150_000, HKD: 915_000, EUR: 7_800_000, JPY: 48_000, SGD: 5_350_000 };

export interface PracticeWish {
  readonly customers: number;
  readonly seed: number;
  /** The archive year; default: the year on the desk's calendar. */
  readonly year?: number | undefined;
  readonly scans: boolean;
}

export interface PracticeFilled {
  readonly customers: number;
  readonly papers: number;
  readonly users: readonly PracticeUser[];
}

/** Customers in one transaction, with one audit entry; more of them where they are small. */
const CHUNK = 500;
const THIN_CHUNK = 2_000;
/** More customers than this get few papers each: such an archive is made to be large. */
const THIN_FROM = 2_001;
/** In a large archive the first customers alone get scans. */
const SCANNED_CUSTOMERS = 1_000;

/**
 * Fills a new archive with believable content (實訓檔案): customers of both kinds, dossiers, visits, loans, people. The same seed and year
 * give the same names, numbers, codes, papers and scans; what hangs on today (open loans, reviews, late cards) is counted from today.
 * @throws AppError CANCELLED and the errors of vault and store; the caller removes the folder then
 */
export async function fillPracticeArchive(
  context: CallContext,
  archive: OpenArchive,
  wish: PracticeWish,
): Promise<PracticeFilled> {
  const today = todayOf(context.clock);
  const filler = new Filler(context, archive, wish, today);
  await filler.staff();
  await filler.customers();
  await filler.reports();
  await filler.credit();
  await filler.custody();
  await filler.copies();
  await filler.revisions();
  await filler.archiveMatters();
  const users = await filler.users();
  return { customers: wish.customers, papers: filler.papers, users };
}

class Filler {
  readonly #context: CallContext;
  readonly #archive: OpenArchive;
  readonly #wish: PracticeWish;
  readonly #world: PracticeWorld;
  readonly #staff: ReturnType<typeof practiceStaff>;
  readonly #borrowers: Borrower[] = [];
  readonly #lendable: WrittenPaper[] = [];
  readonly #originals: WrittenPaper[] = [];
  readonly #salespeople: number[] = [];
  papers = 0;

  constructor(context: CallContext, archive: OpenArchive, wish: PracticeWish, today: string) {
    this.#context = context;
    this.#archive = archive;
    this.#wish = wish;
    this.#staff = practiceStaff(wish.seed);
    this.#world = {
      seed: wish.seed,
      calendar: practiceCalendar(wish.year ?? Number(today.slice(0, 4)), today),
      salespeople: this.#staff.filter((person) => person.isSalesperson && person.active === 1).map(({ name }) => name),
      thin: wish.customers >= THIN_FROM,
    };
  }

  /** One transaction with one audit entry. */
  async #step(
    what: string,
    change: (sql: Writer) => Record<string, number> | Promise<Record<string, number>>,
  ): Promise<void> {
    const { signal } = this.#context;
    const { database, audit, deskActor } = this.#archive;
    signal.throwIfAborted();
    database.begin();
    try {
      const data = await indexingMany(database.writer, () => change(database.writer));
      audit.append(
        {
          actor: deskActor.login,
          role: deskActor.role,
          type: 'practice.fill',
          obj: `vault:${this.#archive.vault.vaultId}`,
          outcome: 'ok',
          why: what,
          data: { seed: this.#wish.seed, ...data },
        },
        deskActor.signer,
      );
      settleClassSums(database.writer);
      database.commit();
    } catch (thrown) {
      if (database.inTransaction) database.rollback();
      throw thrown;
    }
    await nextTurn();
  }

  staff(): Promise<void> {
    return this.#step('staff', (sql) => {
      for (const [currency, rate_millionths] of Object.entries(PRACTICE_RATES))
        setRate(sql, { currency, from_day: `${this.#world.calendar.year - 5}-01-01`, rate_millionths });
      for (const { isSalesperson, ...row } of this.#staff) {
        const id = insertStaff(sql, row);
        indexNewRecord(sql, {
          kind: 'staff',
          id,
          name: row.name,
          body: [row.number, row.phone, row.department, row.position],
        });
        this.#borrowers.push({
          id,
          name: row.name,
          active: row.active,
          department: row.department,
          position: row.position,
        });
        if (isSalesperson && row.active === 1) this.#salespeople.push(id);
      }
      writeRates(sql, this.#world);
      return { staff: this.#staff.length };
    });
  }

  credit(): Promise<void> {
    return this.#step('credit', (sql) =>
      writeCredit(sql, this.#world, {
        keeper: this.#archive.deskActor.displayName,
        manager: this.#staff.find((person) => person.login === 'account')?.name ?? '',
        applicants: this.#salespeople,
      }),
    );
  }

  async customers(): Promise<void> {
    const { customers, scans } = this.#wish;
    const settings = readSettings(this.#archive.database.reader);
    const patterns = { enterprise: settings.enterprisePattern, individual: settings.individualPattern };
    const year = this.#world.calendar.year;
    const frame: WritingFrame = {
      today: this.#world.calendar.today,
      keeper: this.#archive.deskActor,
      settings,
      matters: this.#world.thin
        ? null
        : {
            seed: this.#wish.seed,
            keeper: this.#archive.deskActor.displayName,
            supervisor: this.#staff.find((person) => person.login === 'supervisor')?.name ?? '',
            latenessHours: settings.latenessHours,
            today: this.#world.calendar.today,
          },
      salespeople: this.#salespeople,
    };
    const given = { enterprise: 0, individual: 0 };
    const sealer = scans ? await createScanSealer(this.#context, this.#archive, this.#wish.seed) : undefined;
    const chunk = this.#world.thin ? THIN_CHUNK : CHUNK;
    for (let first = 0; first < customers; first += chunk) {
      const beyond = Math.min(first + chunk, customers);
      await this.#step('customers', async (sql) => {
        const auditSequence = this.#archive.audit.size();
        const written: WrittenPaper[] = [];
        for (let position = first; position < beyond; position += 1) {
          const kind = kindOf(this.#world, position);
          given[kind] += 1;
          const number = formatNumber(patterns[kind], given[kind], year);
          const own = practiceCustomer(this.#world, position, { kind, number, sequence: given[kind] });
          const twin = this.#world.thin ? undefined : doubleOf(position);
          const firmBefore = (back: number) =>
            given.enterprise > back ? formatNumber(patterns.enterprise, given.enterprise - back, year) : undefined;
          const customer =
            twin === undefined
              ? this.#world.thin
                ? own
                : asMember(own, firmBefore)
              : asDouble(
                  own,
                  practiceCustomer(this.#world, twin, { kind: kindOf(this.#world, twin), number, sequence: 0 }),
                );
          const papers = writeCustomer(sql, frame, customer, auditSequence);
          if (position % 2 === 0) this.#keepLendable(papers);
          if (position < SCANNED_CUSTOMERS) written.push(...papers.filter((paper) => paper.scan !== null));
          this.papers += papers.length;
          if (position % 50 === 0) {
            this.#context.progress({ phase: 'practiceCustomers', done: position, total: customers });
            // A large archive takes longer to make up than a desk may stand idle.
            touch(this.#context);
            // Nobody is signed in yet, so nothing else writes while this transaction is open.
            await nextTurn();
            this.#context.signal.throwIfAborted();
          }
        }
        for (const kind of ['enterprise', 'individual'] as const) passNumber(sql, kind, given[kind]);
        const sealed = sealer === undefined ? 0 : await this.#seal(sql, sealer, written);
        return { customers: beyond - first, papers: this.papers, scans: sealed };
      });
    }
    this.#context.progress({ phase: 'practiceCustomers', done: customers, total: customers });
  }

  #keepLendable(papers: readonly WrittenPaper[]): void {
    const copy = papers.find((paper) => paper.mayBeLent);
    if (copy !== undefined && this.#lendable.length < 400) this.#lendable.push(copy);
    const original = papers.find((paper) => paper.original);
    if (original !== undefined && this.#originals.length < 20) this.#originals.push(original);
  }

  /** The files are on the disk before the rows are committed (§8); a transaction given up takes them away again. */
  async #seal(sql: Writer, sealer: ScanSealer, papers: readonly WrittenPaper[]): Promise<number> {
    return await sealer.seal(sql, papers, (done) =>
      this.#context.progress({ phase: 'practiceScans', done, total: papers.length }),
    );
  }

  /** Daily reports, information reports, competitors: what salespeople handed in over the last months. */
  reports(): Promise<void> {
    return this.#step('reports', (sql) => {
      const settings = readSettings(sql);
      // Here only named customers owe periodic reports; the list of all would hide what is to be learnt.
      writeSettings(sql, { ...settings, periodicClass: 'none' });
      const frame: ReportFrame = {
        world: this.#world,
        keeper: this.#archive.deskActor.displayName,
        supervisor: this.#staff.find((person) => person.login === 'supervisor')?.name ?? '',
        salespeople: this.#borrowers.filter((person) => this.#salespeople.includes(person.id)),
        now: this.#context.clock.now().toISOString(),
        hour: settings.dailyReportHour,
      };
      const customers = visitedCustomers(sql);
      const written = writeDailyReports(sql, frame, customers);
      const information = writeInformationReports(sql, frame, customers);
      writeCompetitors(sql, frame);
      return { ...written, information };
    });
  }

  custody(): Promise<void> {
    return this.#step('loans', (sql) => {
      const keeper = this.#archive.deskActor.displayName;
      const loans = writeLoans(sql, this.#world, this.#lendable, this.#borrowers, keeper);
      const around = writeCustody(sql, this.#world, loans, this.#originals, this.#borrowers, keeper);
      const reader = this.#staff.find((person) => person.login === 'business');
      const supervisor = this.#staff.find((person) => person.login === 'supervisor');
      writeOfficeHandover(sql, this.#world.calendar.today, { login: 'supervisor', name: supervisor?.name ?? '' });
      writeLookup(sql, this.#world, this.#lendable, reader?.name ?? '');
      return { loans: loans.length, lookups: 1, ...around };
    });
  }

  copies(): Promise<void> {
    return this.#step('copies', (sql) => {
      const lent = new Set(
        listLoans(sql, { state: 'open', today: this.#world.calendar.today, text: '' }, 0, 500).rows.map(
          (loan) => loan.code,
        ),
      );
      const customers = listCustomers(
        sql,
        { show: 'all', today: this.#world.calendar.today },
        {
          sort: 'number',
          descending: false,
          offset: 0,
          limit: 200,
        },
      );
      const copies = writeCopies(sql, {
        world: this.#world,
        keeper: this.#archive.deskActor.displayName,
        staff: this.#staff.flatMap((person, at) => {
          const id = this.#borrowers[at]?.id;
          return id === undefined ? [] : [{ ...person, id }];
        }),
        papers: this.#lendable.filter((paper) => !lent.has(paper.code)).slice(0, 60),
        customers: customers.map((row) => row.number),
      });
      return { copies };
    });
  }

  revisions(): Promise<void> {
    return this.#step('revisions', (sql) => {
      const supervisor = this.#staff.findIndex((person) => person.login === 'supervisor');
      return writeRevisions(sql, {
        world: this.#world,
        keeper: this.#archive.deskActor.displayName,
        supervisor: {
          name: this.#staff[supervisor]?.name ?? '',
          staffId: this.#borrowers[supervisor]?.id ?? 0,
        },
      });
    });
  }

  /** The schedule, a hold, papers that were asked for. */
  archiveMatters(): Promise<void> {
    return this.#step('archive', (sql) =>
      writeArchiveMatters(sql, {
        today: this.#world.calendar.today,
        keeper: this.#archive.deskActor.displayName,
        supervisor: this.#staff.find((person) => person.login === 'supervisor')?.name ?? '',
      }),
    );
  }

  /** Every role that signs in. The supervisor comes last: afterwards a change of people takes two (R08). */
  async users(): Promise<readonly PracticeUser[]> {
    const { clock, random, kdf, signal, progress } = this.#context;
    const { audit, database, deskActor, vault } = this.#archive;
    for (const [index, user] of PRACTICE_USERS.entries()) {
      signal.throwIfAborted();
      progress({ phase: 'practicePeople', done: index, total: PRACTICE_USERS.length });
      const displayName = this.#staff.find((person) => person.login === user.login)?.name ?? user.login;
      database.begin();
      try {
        audit.append(
          {
            actor: deskActor.login,
            role: deskActor.role,
            type: 'user.add',
            obj: `user:${user.login}`,
            outcome: 'ok',
            why: '',
            data: { role: user.role },
          },
          deskActor.signer,
        );
        await addUser({ opened: vault, clock, random, kdf, newUser: { ...user, displayName } });
        database.commit();
      } catch (thrown) {
        if (database.inTransaction) database.rollback();
        throw thrown;
      }
    }
    return [{ login: PRACTICE_KEEPER.login, role: 'keeper', secret: PRACTICE_KEEPER.secret }, ...PRACTICE_USERS];
  }
}
