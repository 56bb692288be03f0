import type { AnnouncedMatter } from '../../shared/contract/announced-acts.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { removeCodeCard } from '../store/code-cards.ts';
import { indexRecord } from '../store/search-index.ts';
import { matchOf } from '../store/search-text.ts';
import type { Writer } from '../store/sql.ts';
import {
  findStaff,
  findStaffByLogin,
  insertStaff,
  linkLogin,
  listStaff,
  setLeftOn,
  updateStaff,
} from '../store/staff.ts';
import {
  clearAttempts,
  forceHeldChange,
  holdNewUser,
  holdReadmission,
  holdSecret,
  holdValidity,
  listUsers,
  normaliseLogin,
  type PeopleChange,
  type VaultUser,
  withdrawChange,
} from '../vault/vault.ts';
import { requireAnnounced } from './announced-acts.ts';
import type { CommandContext, HandlersOf, JobContext, QueryContext } from './context.ts';
import { markKeyChangeDue } from './key-change-due.ts';
import { getStaffMember, heldBy, requireNothingHeld, responsibleFor } from './obligations.ts';
import { acceptKeyring } from './open-archive.ts';
import { type PersonHere, proveAgain, provePerson, requireSupervisor } from './prove-person.ts';
import { todayOf } from './today.ts';

const endOfDay = (day: string) => `${day}T23:59:59.999Z`;

async function getUser({ archive }: Pick<JobContext, 'archive'>, login: string): Promise<VaultUser> {
  const users = await listUsers({ directory: archive.directory, opened: archive.vault });
  const user = users.find((one) => one.login === normaliseLogin(login));
  if (user === undefined) throw new AppError('NOT_FOUND', { params: { what: 'user', number: login } });
  return user;
}

/** Somebody of that login who may sign in at this moment. */
async function activeUser(
  { archive, clock }: Pick<QueryContext, 'archive' | 'clock'>,
  login: string,
): Promise<VaultUser | undefined> {
  const users = await listUsers({ directory: archive.directory, opened: archive.vault });
  const now = clock.now().toISOString();
  return users.find((one) => one.login === login && (one.validUntil === null || one.validUntil > now));
}

/** A login belongs to one person of the directory; null takes it off. */
async function linkStaffToLogin(context: CommandContext, id: number, login: string | null): Promise<void> {
  const user = login === null || login === '' ? null : await getUser(context, login);
  const other = user === null ? undefined : findStaffByLogin(context.sql, user.login);
  if (other !== undefined && other.id !== id)
    throw new AppError('INPUT_INVALID', {
      fields: [{ path: 'login', message: 'validation.loginOfOther', params: { name: other.name } }],
    });
  linkLogin(context.sql, id, user?.login ?? null);
}

interface Proofs {
  /** Of whoever acts, typed anew (R25). */
  readonly ownSecret: string;
  readonly approver?: PersonHere | undefined;
  /** What a keeper alone has announced, where that has to be (§15); absent for what takes rights away. */
  readonly matter?: AnnouncedMatter | undefined;
}

/** @throws AppError SECRET_WRONG at the field of the own secret, since another one may stand beside it */
async function requireOwnSecret(context: JobContext, secret: string): Promise<void> {
  await proveAgain(context, secret).catch((thrown: unknown) => {
    const { code, params, hint } = AppError.from(thrown);
    if (code !== 'SECRET_WRONG') throw thrown;
    const fields = [{ path: 'ownSecret', message: 'validation.secretWrong' }];
    throw new AppError(code, { params, fields, ...(hint === undefined ? {} : { hint }) });
  });
}

/**
 * One change of who may do what: whoever acts types the own secret anew (R25), and with a supervisor in the archive a supervisor signs it
 * too (§1.4, R71), proved by the own secret at this machine; else the entry says that one person acted alone, and what gives rights may
 * have to be announced an hour before. The entry comes first (R34); a crash in between is made good at the next unlock.
 * @throws AppError SECRET_WRONG, SECOND_PERSON_MISSING without the supervisor's secret or the announcement, ROLE_REFUSED for somebody else's
 */
async function changePeople<Held extends { readonly sha256: string; readonly isEnough: boolean }>(
  context: JobContext,
  { ownSecret, approver, matter }: Proofs,
  hold: (change: PeopleChange) => Promise<Held>,
  alongside: (change: CommandContext, held: Held) => void = () => {},
): Promise<Held> {
  const { archive, clock, random, kdf } = context;
  await requireOwnSecret(context, ownSecret);
  const announced = await requireAnnounced(context, matter);
  const proven = approver === undefined ? undefined : await provePerson(context, approver);
  try {
    if (proven !== undefined) requireSupervisor(proven);
    context.note({ data: proven === undefined ? { alone: 1 } : { approvedBy: proven.user.login } });
    return await context.transaction(async (change) => {
      announced.use(change);
      const held = await hold({
        opened: archive.vault,
        clock,
        random,
        kdf,
        ...(proven === undefined ? {} : { approver: proven }),
      });
      change.onRollback(() => withdrawChange(archive.vault));
      // Nothing is left waiting that nobody can approve later.
      if (!held.isEnough) throw new AppError('SECOND_PERSON_MISSING', { hint: 'hint.supervisorSigns' });
      proven?.strike(change.sql);
      alongside(change, held);
      acceptKeyring(change.sql, held.sha256);
      change.afterCommit(() => forceHeldChange(archive.vault, held.sha256));
      return held;
    });
  } finally {
    proven?.close();
  }
}

/** Who has held the key of the archive and no longer may leaves a change of the key to be done (R08). */
function noteKeyHolderGone(change: CommandContext, name: string, rotationNeeded: boolean): void {
  if (rotationNeeded) markKeyChangeDue(change.sql, change.archive, { since: change.clock.now().toISOString(), name });
}

/** Staff directory and users. Staff borrow and report; users sign in with an own secret (rule R). */
export const peopleHandlers: HandlersOf<
  | 'staff.list'
  | 'staff.save'
  | 'staff.obligations'
  | 'staff.leave'
  | 'users.list'
  | 'users.add'
  | 'users.limit'
  | 'users.readmit'
  | 'users.changeSecret'
> = {
  'staff.list': {
    phase: 'query',
    run({ sql, clock }, { text, includeInactive }) {
      const words = text
        .trim()
        .split(/\s+/u)
        .filter((word) => word !== '');
      const staff = listStaff(sql, todayOf(clock), includeInactive).filter((row) =>
        words.every(
          (word) =>
            matchOf(row.name, word, true) !== undefined ||
            [row.number, row.department, row.position, row.phone].some(
              (value) => value !== '' && matchOf(value, word, false) !== undefined,
            ),
        ),
      );
      return {
        staff: staff.map((row) => ({
          id: row.id,
          number: row.number,
          name: row.name,
          department: row.department,
          position: row.position,
          phone: row.phone,
          active: row.active === 1,
          login: row.login,
          leftOn: row.left_on,
          openLoans: row.open_loans,
          overdueLoans: row.overdue_loans,
        })),
      };
    },
  },
  'staff.save': {
    phase: 'command',
    async run(context, input) {
      const { sql, clock } = context;
      const { id: given, login, ...fields } = input;
      const row = { ...fields, active: fields.active ? 1 : 0 };
      if (given !== undefined) {
        const before = findStaff(sql, given, todayOf(clock));
        if (before === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: given } });
        if (row.active === 0 && before.active === 1) requireNothingHeld(sql, given);
        updateStaff(sql, { ...row, id: given });
        // Whoever comes back has not left.
        if (row.active === 1) setLeftOn(sql, given, null);
      }
      const id = given ?? insertStaff(sql, { ...row, login: null });
      if (login !== undefined) await linkStaffToLogin(context, id, login);
      indexRecord(sql, {
        kind: 'staff',
        id,
        name: row.name,
        body: [row.number, row.phone, row.department, row.position],
      });
      context.note({ object: `staff:${id}` });
      return { id };
    },
  },
  'users.list': {
    phase: 'query',
    async run({ archive, clock }) {
      const users = await listUsers({ directory: archive.directory, opened: archive.vault });
      return {
        users: users.map((user) => ({
          login: user.login,
          displayName: user.displayName,
          role: user.role,
          validUntil: user.validUntil?.slice(0, 10) ?? null,
          active: user.validUntil === null || user.validUntil > clock.now().toISOString(),
        })),
      };
    },
  },
  'users.add': {
    phase: 'job',
    async run(context, { login, displayName, role, secret, validUntil, ownSecret, approver, staffId }) {
      context.note({ object: `user:${login}`, data: { role } });
      const newUser = {
        login,
        displayName,
        role,
        secret,
        ...(validUntil === undefined ? {} : { validUntil: endOfDay(validUntil) }),
      };
      await changePeople(
        context,
        { ownSecret, approver, matter: { act: 'addUser', login, role } },
        (change) => holdNewUser({ ...change, newUser }),
        (change) => {
          if (staffId === undefined) return;
          getStaffMember(change.sql, staffId, context.clock);
          linkLogin(change.sql, staffId, normaliseLogin(login));
        },
      );
      return {};
    },
  },
  'users.limit': {
    phase: 'job',
    async run(context, { login, validUntil, now, reason, ownSecret, approver }) {
      const user = await getUser(context, login);
      context.note({ object: `user:${user.login}`, why: reason, data: { role: user.role } });
      const until = now ? context.clock.now().toISOString() : validUntil === null ? null : endOfDay(validUntil);
      const longer = until === null ? user.validUntil !== null : user.validUntil !== null && until > user.validUntil;
      const matter = longer ? ({ act: 'extendUser', login: user.login, validUntil } as const) : undefined;
      const held = await changePeople(
        context,
        { ownSecret, approver, matter },
        (change) => holdValidity({ ...change, userId: user.id, validUntil: until }),
        (change, { rotationNeeded }) => noteKeyHolderGone(change, user.displayName, rotationNeeded),
      );
      return { keyChangeDue: held.rotationNeeded };
    },
  },
  'users.readmit': {
    phase: 'job',
    async run(context, { login, secret, reason, ownSecret, approver }) {
      const { archive, clock } = context;
      const user = await getUser(context, login);
      context.note({ object: `user:${user.login}`, why: reason, data: { role: user.role } });
      await changePeople(
        context,
        { ownSecret, approver, matter: { act: 'readmitUser', login: user.login } },
        (change) => holdReadmission({ ...change, userId: user.id, secret }),
        // Who forgot the secret may have lost the card as well: a new one is made with the new secret.
        (change) => removeCodeCard(change.sql, user.login),
      );
      await clearAttempts({ opened: archive.vault, clock, login: user.login });
      return {};
    },
  },
  'staff.obligations': {
    phase: 'query',
    async run(context, { id }) {
      const { sql, clock } = context;
      const person = getStaffMember(sql, id, clock);
      const held = heldBy(sql, id);
      const customers = responsibleFor(sql, person);
      const user = person.login === null ? undefined : await activeUser(context, person.login);
      return {
        obligations: [
          ...held,
          ...(user === undefined
            ? []
            : [
                {
                  kind: 'login' as const,
                  number: user.login,
                  title: user.displayName,
                  due: user.validUntil?.slice(0, 10) ?? null,
                  hinders: false,
                },
              ]),
          ...customers.obligations,
        ],
        customers: customers.total,
        mayLeave: held.length === 0,
      };
    },
  },
  'staff.leave': {
    phase: 'job',
    async run(context, { id, on, reason, ownSecret, approver }) {
      const { sql, clock, actor } = context;
      const person = getStaffMember(sql, id, clock);
      context.note({ object: `staff:${id}`, why: reason });
      requireNothingHeld(sql, id);
      const leave = (writer: Writer) => {
        // Looked at again inside the transaction: a loan may have come in between.
        requireNothingHeld(writer, id);
        updateStaff(writer, { ...person, active: 0 });
        setLeftOn(writer, id, on);
      };
      const user = person.login === null ? undefined : await activeUser(context, person.login);
      if (user === undefined) {
        await context.transaction((change) => leave(change.sql));
        return {};
      }
      if (ownSecret === undefined) throw new AppError('FRESH_SECRET_NEEDED');
      if (user.login === actor.login) throw new AppError('ROLE_REFUSED', { hint: 'hint.keeperHandsOver' });
      await changePeople(
        context,
        { ownSecret, approver },
        (change) => holdValidity({ ...change, userId: user.id, validUntil: clock.now().toISOString() }),
        (change, { rotationNeeded }) => {
          leave(change.sql);
          noteKeyHolderGone(change, user.displayName, rotationNeeded);
        },
      );
      return {};
    },
  },
  'users.changeSecret': {
    phase: 'job',
    async run(context, { current, next }) {
      const { archive, actor } = context;
      context.note({ object: `user:${actor.login}` });
      await context.transaction(async (change) => {
        const held = await holdSecret({
          directory: archive.directory,
          login: actor.login,
          current,
          next,
          clock: context.clock,
          random: context.random,
          kdf: context.kdf,
        });
        change.onRollback(() => held.discard());
        change.afterCommit(() => held.adopt());
      });
      return {};
    },
  },
};
