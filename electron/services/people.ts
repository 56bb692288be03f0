import { AppError } from '../../shared/errors/app-error.ts';
import { copiesHeldBy } from '../store/issued-copies.ts';
import { indexRecord } from '../store/search-index.ts';
import { matchOf } from '../store/search-text.ts';
import { findStaff, insertStaff, listStaff, updateStaff } from '../store/staff.ts';
import { forceHeldChange, holdNewUser, holdSecret, listUsers, withdrawChange } from '../vault/vault.ts';
import type { HandlersOf } from './context.ts';
import { acceptKeyring } from './open-archive.ts';
import { todayOf } from './today.ts';

/** Staff directory and users. Staff borrow and report; users sign in with an own secret (rule R). */
export const peopleHandlers: HandlersOf<
  'staff.list' | 'staff.save' | 'users.list' | 'users.add' | 'users.changeSecret'
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
          openLoans: row.open_loans,
          overdueLoans: row.overdue_loans,
        })),
      };
    },
  },
  'staff.save': {
    phase: 'command',
    run(context, input) {
      const { sql, clock } = context;
      const { id: given, ...fields } = input;
      const row = { ...fields, active: fields.active ? 1 : 0 };
      if (given !== undefined) {
        const before = findStaff(sql, given, todayOf(clock));
        if (before === undefined) throw new AppError('NOT_FOUND', { params: { what: 'staff', number: given } });
        // Nobody leaves with an open loan (B, leavers).
        if (row.active === 0 && before.open_loans > 0)
          throw new AppError('CONFLICT', { params: { what: 'staffWithLoans', number: before.open_loans } });
        const copies = copiesHeldBy(sql, given).length;
        if (row.active === 0 && copies > 0)
          throw new AppError('CONFLICT', {
            params: { what: 'staffWithCopies', number: copies },
            hint: 'hint.staffWithCopies',
          });
        updateStaff(sql, { ...row, id: given });
      }
      const id = given ?? insertStaff(sql, { ...row, login: null });
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
    async run(context, { login, displayName, role, secret, validUntil }) {
      const { archive } = context;
      context.note({ object: `user:${login}`, data: { role } });
      await context.transaction(async (change) => {
        const held = await holdNewUser({
          opened: archive.vault,
          clock: context.clock,
          random: context.random,
          kdf: context.kdf,
          newUser: {
            login,
            displayName,
            role,
            secret,
            ...(validUntil === undefined ? {} : { validUntil: `${validUntil}T23:59:59.999Z` }),
          },
        });
        change.onRollback(() => withdrawChange(archive.vault));
        // With a supervisor in the archive two persons are needed (§1.4); nothing is left waiting that nobody can approve later.
        if (!held.isEnough) throw new AppError('SECOND_PERSON_MISSING');
        // The entry comes first (R34); a crash in between is made good at the next unlock.
        acceptKeyring(change.sql, held.sha256);
        change.afterCommit(() => forceHeldChange(archive.vault, held.sha256));
      });
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
